/// Changes planted in a relay on purpose, so that it can be told how often they are found. Off unless the command line
/// says otherwise.
@NullMarked
package phasebench.relay.plant;

import org.jspecify.annotations.NullMarked;
