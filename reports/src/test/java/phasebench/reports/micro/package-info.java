@NullMarked
package phasebench.reports.micro;

import org.jspecify.annotations.NullMarked;
