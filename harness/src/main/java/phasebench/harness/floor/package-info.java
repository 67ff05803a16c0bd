/// What this machine charges for the bare minimum: sending and protecting by straight calls, in processes of their own.
@NullMarked
package phasebench.harness.floor;

import org.jspecify.annotations.NullMarked;
