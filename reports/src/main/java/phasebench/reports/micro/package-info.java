/// Benchmarks of single functions, and what they say about a phase; they explain, and enter no verdict.
@NullMarked
package phasebench.reports.micro;

import org.jspecify.annotations.NullMarked;
