package phasebench.relay.mdns;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A DNS message (RFC 1035, section 4.1), as far as resolving needs it.
///
/// @param isResponse and not a query
/// @param questions all of them
/// @param addresses the A records of the answer section
record DnsMessage(boolean isResponse, List<Question> questions, List<Address> addresses) {
    static final int TYPE_A = 1;
    static final int CLASS_IN = 1;

    /// In a question, "answer me by unicast"; in a record, "forget what you knew" (RFC 6762, sections 5.4 and 10.2).
    static final int TOP_BIT = 0x8000;

    static final int HEADER_BYTES = 12;

    private static final int RESPONSE = 0x8000;
    private static final int OPCODE_AND_RCODE = 0x780f;
    private static final int QUESTION_BYTES_MIN = 5;
    private static final int RECORD_BYTES_MIN = 11;

    /// @param name without the root's dot
    record Question(String name, int type, int questionClass) {}

    /// @param ipv4 in network order
    record Address(String name, int ipv4) {}

    /// Empty for what is not whole, or not DNS.
    static Optional<DnsMessage> parse(byte[] message, int length) {
        try {
            return Optional.of(read(new DnsReader(message, length)));
        } catch (DnsReader.MalformedException _) {
            return Optional.empty();
        }
    }

    private static DnsMessage read(DnsReader reader) throws DnsReader.MalformedException {
        reader.skip(2);
        int flags = reader.uint16();
        int questionCount = reader.uint16();
        int answerCount = reader.uint16();
        int otherCount = reader.uint16() + reader.uint16();
        // counts are the sender's word: what cannot fit is refused before anything is made for it
        reader.require(
                (long) questionCount * QUESTION_BYTES_MIN + ((long) answerCount + otherCount) * RECORD_BYTES_MIN);
        var questions = new ArrayList<Question>(questionCount);
        for (int i = 0; i < questionCount; i++) {
            questions.add(new Question(reader.name(), reader.uint16(), reader.uint16()));
        }
        var addresses = new ArrayList<Address>(answerCount);
        for (int i = 0; i < answerCount; i++) {
            var address = address(reader);
            if (address != null) {
                addresses.add(address);
            }
        }
        for (int i = 0; i < otherCount; i++) {
            var _ = address(reader);
        }
        // a response with another opcode or an error code is to be ignored (RFC 6762, sections 18.3 and 18.11)
        boolean isIgnored = (flags & OPCODE_AND_RCODE) != 0;
        return new DnsMessage((flags & RESPONSE) != 0, questions, isIgnored ? List.of() : addresses);
    }

    /// Reads one record; null if it is not an A record.
    private static @Nullable Address address(DnsReader reader) throws DnsReader.MalformedException {
        var name = reader.name();
        int type = reader.uint16();
        int recordClass = reader.uint16() & ~TOP_BIT;
        reader.skip(4);
        int dataBytes = reader.uint16();
        if (type != TYPE_A || recordClass != CLASS_IN) {
            reader.skip(dataBytes);
            return null;
        }
        if (dataBytes != 4) {
            throw new DnsReader.MalformedException();
        }
        return new Address(name, reader.int32());
    }
}
