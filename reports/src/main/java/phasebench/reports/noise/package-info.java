/// What is known of a machine's noise: experiments of a variant with itself, and with itself made worse on purpose,
/// kept from day to day.
@NullMarked
package phasebench.reports.noise;

import org.jspecify.annotations.NullMarked;
