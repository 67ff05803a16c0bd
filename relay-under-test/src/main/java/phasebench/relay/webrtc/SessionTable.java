package phasebench.relay.webrtc;

import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// Finds live sessions: by the WHEP address, by ufrag, and by the addresses that STUN has proved. Any thread.
final class SessionTable {
    private final ConcurrentMap<String, WebrtcSession> bySecret = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, WebrtcSession> byUfrag = new ConcurrentHashMap<>();
    private final ConcurrentMap<InetSocketAddress, WebrtcSession> byAddress = new ConcurrentHashMap<>();

    void add(WebrtcSession session) {
        bySecret.put(session.id(), session);
        byUfrag.put(session.credentials().ufrag(), session);
    }

    /// Has datagrams from the address go to the session.
    void learn(InetSocketAddress address, WebrtcSession session) {
        if (byAddress.get(address) == session) {
            return;
        }
        session.rememberAddress(address).ifPresent(oldest -> byAddress.remove(oldest, session));
        byAddress.put(address, session);
        if (session.ending() != null) {
            byAddress.remove(address, session);
        }
    }

    void remove(WebrtcSession session) {
        bySecret.remove(session.id(), session);
        byUfrag.remove(session.credentials().ufrag(), session);
        session.addresses().forEach(address -> byAddress.remove(address, session));
    }

    @Nullable
    WebrtcSession bySecret(String secret) {
        return bySecret.get(secret);
    }

    @Nullable
    WebrtcSession byUfrag(String ufrag) {
        return byUfrag.get(ufrag);
    }

    @Nullable
    WebrtcSession byAddress(InetSocketAddress address) {
        return byAddress.get(address);
    }

    Collection<WebrtcSession> all() {
        return List.copyOf(bySecret.values());
    }

    int size() {
        return bySecret.size();
    }

    /// Addresses known, of all sessions.
    int addressCount() {
        return byAddress.size();
    }
}
