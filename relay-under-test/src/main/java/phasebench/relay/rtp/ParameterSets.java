package phasebench.relay.rtp;

import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The H.264 parameter sets in force, by their ids: at most 32 sequence and 256 picture parameter sets
/// (H.264, 7.4.2).
final class ParameterSets {
    private static final int SEQUENCE_ID_MAX = 31;
    private static final int PICTURE_ID_MAX = 255;

    private final SortedMap<Integer, byte[]> sequenceSets = new TreeMap<>();
    private final SortedMap<Integer, byte[]> pictureSets = new TreeMap<>();

    /// Takes a parameter set in place of the one with its id; ignores what is none.
    void learn(byte[] bytes, int begin, int end) {
        int id = id(bytes, begin, end);
        if (id >= 0) {
            sets(bytes[begin]).put(id, Arrays.copyOfRange(bytes, begin, end));
        }
    }

    /// Whether there is at least one of each kind.
    boolean areComplete() {
        return !sequenceSets.isEmpty() && !pictureSets.isEmpty();
    }

    /// An IDR picture with the sets it lacks: behind the access unit delimiter, sequence sets first. The
    /// same one if it lacks none.
    AccessUnit inFrontOf(AccessUnit idr) {
        Set<byte[]> missing = missing(idr);
        if (missing.isEmpty()) {
            return idr;
        }
        List<byte[]> completed = idr.units();
        int at = NalUnit.type(completed.getFirst()) == NalUnit.ACCESS_UNIT_DELIMITER ? 1 : 0;
        at = insert(sequenceSets, missing, completed, at);
        for (int i = at; i < completed.size(); i++) {
            if (NalUnit.type(completed.get(i)) == NalUnit.SEQUENCE_PARAMETER_SET) {
                at = i + 1;
            }
        }
        insert(pictureSets, missing, completed, at);
        return new AccessUnit(idr.rtpTimestamp(), completed, idr.isKeyFrame(), idr.arrivalNs());
    }

    /// The sets whose ids the picture does not carry.
    private Set<byte[]> missing(AccessUnit idr) {
        Set<byte[]> missing = Collections.newSetFromMap(new IdentityHashMap<>());
        missing.addAll(sequenceSets.values());
        missing.addAll(pictureSets.values());
        for (int i = 0; i < idr.partCount(); i++) {
            int begin = idr.begin(i);
            int id = id(idr.bytes(), begin, begin + idr.length(i));
            if (id >= 0) {
                missing.remove(sets(idr.bytes()[begin]).get(id));
            }
        }
        return missing;
    }

    private static int insert(SortedMap<Integer, byte[]> sets, Set<byte[]> missing, List<byte[]> units, int at) {
        int next = at;
        for (byte[] set : sets.values()) {
            if (missing.contains(set)) {
                units.add(next++, set);
            }
        }
        return next;
    }

    private SortedMap<Integer, byte[]> sets(byte header) {
        return NalUnit.type(header) == NalUnit.SEQUENCE_PARAMETER_SET ? sequenceSets : pictureSets;
    }

    /// The id of a parameter set, or -1. No emulation prevention byte can stand before it: level_idc is
    /// never 0.
    private static int id(byte[] bytes, int begin, int end) {
        int type = NalUnit.type(bytes[begin]);
        int id = switch (type) {
            case NalUnit.SEQUENCE_PARAMETER_SET -> unsignedExpGolomb(bytes, begin + 4, end);
            case NalUnit.PICTURE_PARAMETER_SET -> unsignedExpGolomb(bytes, begin + 1, end);
            default -> -1;
        };
        return id <= (type == NalUnit.SEQUENCE_PARAMETER_SET ? SEQUENCE_ID_MAX : PICTURE_ID_MAX) ? id : -1;
    }

    /// ue(v) of H.264, section 9.1, of at most 17 bits and so at most 510; or -1.
    private static int unsignedExpGolomb(byte[] bytes, int offset, int end) {
        if (offset >= end) {
            return -1;
        }
        int bits = 0;
        for (int i = 0; i < 3; i++) {
            bits = bits << 8 | (offset + i < end ? bytes[offset + i] & 0xff : 0);
        }
        int zeros = Integer.numberOfLeadingZeros(bits) - 8;
        return zeros > 8 ? -1 : (bits >>> (24 - 2 * zeros - 1)) - 1;
    }
}
