/// The report as one HTML file that needs nothing else: page, style, pictures; all escaping of markup is here.
@NullMarked
package phasebench.reports.html;

import org.jspecify.annotations.NullMarked;
