package phasebench.relay.rtp;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The H.264 parameter sets in force, by their ids: at most 32 sequence and 256 picture parameter sets (H.264, 7.4.2).
final class ParameterSets {
    private static final int SEQUENCE_ID_MAX = 31;
    private static final int PICTURE_ID_MAX = 255;

    private final SortedMap<Integer, byte[]> sequenceSets = new TreeMap<>();
    private final SortedMap<Integer, byte[]> pictureSets = new TreeMap<>();

    /// Takes a parameter set in place of the one with its id; ignores what is none.
    void learn(byte[] nal) {
        int id = id(nal);
        if (id >= 0) {
            sets(nal).put(id, nal);
        }
    }

    /// Whether there is at least one of each kind.
    boolean areComplete() {
        return !sequenceSets.isEmpty() && !pictureSets.isEmpty();
    }

    /// The NAL units of an IDR picture with the sets it lacks: behind the access unit delimiter, sequence sets first.
    List<byte[]> inFrontOf(List<byte[]> idr) {
        Set<byte[]> missing = missing(idr);
        if (missing.isEmpty()) {
            return idr;
        }
        List<byte[]> completed = new ArrayList<>(idr);
        int at = NalUnit.type(idr.getFirst()) == NalUnit.ACCESS_UNIT_DELIMITER ? 1 : 0;
        at = insert(sequenceSets, missing, completed, at);
        for (int i = at; i < completed.size(); i++) {
            if (NalUnit.type(completed.get(i)) == NalUnit.SEQUENCE_PARAMETER_SET) {
                at = i + 1;
            }
        }
        insert(pictureSets, missing, completed, at);
        return completed;
    }

    /// The sets whose ids the picture does not carry.
    private Set<byte[]> missing(List<byte[]> idr) {
        Set<byte[]> missing = Collections.newSetFromMap(new IdentityHashMap<>());
        missing.addAll(sequenceSets.values());
        missing.addAll(pictureSets.values());
        for (byte[] nal : idr) {
            int id = id(nal);
            if (id >= 0) {
                missing.remove(sets(nal).get(id));
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

    private SortedMap<Integer, byte[]> sets(byte[] nal) {
        return NalUnit.type(nal) == NalUnit.SEQUENCE_PARAMETER_SET ? sequenceSets : pictureSets;
    }

    /// The id of a parameter set, or -1. No emulation prevention byte can stand before it: level_idc is never 0.
    private static int id(byte[] nal) {
        int id = switch (NalUnit.type(nal)) {
            case NalUnit.SEQUENCE_PARAMETER_SET -> unsignedExpGolomb(nal, 4);
            case NalUnit.PICTURE_PARAMETER_SET -> unsignedExpGolomb(nal, 1);
            default -> -1;
        };
        boolean isSequence = NalUnit.type(nal) == NalUnit.SEQUENCE_PARAMETER_SET;
        return id <= (isSequence ? SEQUENCE_ID_MAX : PICTURE_ID_MAX) ? id : -1;
    }

    /// ue(v) of H.264, section 9.1, of at most 17 bits and so at most 510; or -1.
    private static int unsignedExpGolomb(byte[] bytes, int offset) {
        if (offset >= bytes.length) {
            return -1;
        }
        int bits = 0;
        for (int i = 0; i < 3; i++) {
            bits = bits << 8 | (offset + i < bytes.length ? bytes[offset + i] & 0xff : 0);
        }
        int zeros = Integer.numberOfLeadingZeros(bits) - 8;
        return zeros > 8 ? -1 : (bits >>> (24 - 2 * zeros - 1)) - 1;
    }
}
