/// What is run: scenarios, variants and experiments, typed and validated; no I/O but reading its own YAML files.
@NullMarked
package phasebench.scenarios;

import org.jspecify.annotations.NullMarked;
