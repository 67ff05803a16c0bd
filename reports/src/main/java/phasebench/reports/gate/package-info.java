/// What a policy says of a run: a case for each phase and metric, and the decision; as JUnit XML, Markdown and
/// annotations of a pull request.
@NullMarked
package phasebench.reports.gate;

import org.jspecify.annotations.NullMarked;
