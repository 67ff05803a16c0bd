package phasebench.relay.mdns;

import java.nio.charset.StandardCharsets;

/// Reads the fields of one DNS message from its begin to its end, and nothing beyond it.
final class DnsReader {
    /// RFC 1035, section 2.3.4, with the lengths of the labels and the root's zero.
    private static final int NAME_BYTES_MAX = 255;

    private static final int POINTER = 0xc0;

    /// The message breaks its format. Has no stack trace: garbage comes often, and from anyone.
    static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1;

        MalformedException() {
            super("malformed", null, false, false);
        }
    }

    private final byte[] message;
    private final int length;
    private int position;

    DnsReader(byte[] message, int length) {
        this.message = message;
        this.length = length;
    }

    /// Refuses a message in which less than `bytes` are left.
    void require(long bytes) throws MalformedException {
        if (length - position < bytes) {
            throw new MalformedException();
        }
    }

    void skip(int bytes) throws MalformedException {
        require(bytes);
        position += bytes;
    }

    int uint16() throws MalformedException {
        skip(2);
        return (message[position - 2] & 0xff) << 8 | (message[position - 1] & 0xff);
    }

    int int32() throws MalformedException {
        return uint16() << 16 | uint16();
    }

    /// A name, labels joined by dots, without the root's; a dot inside a label is written `\.`.
    ///
    /// A compression pointer (RFC 1035, section 4.1.4) must lead to before the piece of name that it stands in:
    /// so it ends, however it winds.
    String name() throws MalformedException {
        var name = new StringBuilder(48);
        int nameBytes = 1;
        int pieceBegin = position;
        int at = position;
        int afterPointer = -1;
        while (true) {
            int first = at(at);
            if (first == 0) {
                position = afterPointer < 0 ? at + 1 : afterPointer;
                return name.toString();
            }
            if ((first & POINTER) == POINTER) {
                int target = (first & ~POINTER) << 8 | at(at + 1);
                if (target >= pieceBegin || target < DnsMessage.HEADER_BYTES) {
                    throw new MalformedException();
                }
                afterPointer = afterPointer < 0 ? at + 2 : afterPointer;
                pieceBegin = target;
                at = target;
                continue;
            }
            nameBytes += 1 + first;
            if ((first & POINTER) != 0 || nameBytes > NAME_BYTES_MAX || at + 1 + first > length) {
                throw new MalformedException();
            }
            append(name, at + 1, first);
            at += 1 + first;
        }
    }

    private void append(StringBuilder name, int offset, int bytes) {
        if (!name.isEmpty()) {
            name.append('.');
        }
        var label = new String(message, offset, bytes, StandardCharsets.UTF_8);
        name.append(label.indexOf('.') < 0 ? label : label.replace(".", "\\."));
    }

    private int at(int offset) throws MalformedException {
        if (offset >= length) {
            throw new MalformedException();
        }
        return message[offset] & 0xff;
    }
}
