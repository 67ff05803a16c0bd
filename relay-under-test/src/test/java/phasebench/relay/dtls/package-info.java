@NullMarked
package phasebench.relay.dtls;

import org.jspecify.annotations.NullMarked;
