package phasebench.relay;

import java.io.IOException;
import java.net.InetSocketAddress;

/// Says that the relay cannot listen somewhere: the port is in use, or the address is not of this machine.
final class ListenException extends Exception {
    private static final long serialVersionUID = 1;

    private ListenException(String key, InetSocketAddress address, IOException cause) {
        super(
                "%s %s:%d: cannot listen: %s"
                        .formatted(key, address.getAddress().getHostAddress(), address.getPort(), cause.getMessage()),
                cause);
    }

    /// Opens something at an address.
    interface Opening<T> {
        T at(InetSocketAddress address) throws IOException;
    }

    /// @param key of the configuration, for the message
    static <T> T naming(String key, InetSocketAddress address, Opening<T> opening) throws ListenException {
        try {
            return opening.at(address);
        } catch (IOException e) {
            throw new ListenException(key, address, e);
        }
    }
}
