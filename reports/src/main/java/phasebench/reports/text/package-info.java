/// Figures, sentences, Markdown and CSV: how numbers read.
@NullMarked
package phasebench.reports.text;

import org.jspecify.annotations.NullMarked;
