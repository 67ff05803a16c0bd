package phasebench.relay.plant;

import java.util.Arrays;

/// `hoard`: memory of the viewer's own that each packet writes as many bytes to as it has, behind those of the packet
/// before it and round and round. Nobody reads it: what a ring of private copies does to the caches, and nothing else.
final class HoardPlant extends ViewerPlant {
    private final byte[] memory;
    private int at;
    private byte mark;

    HoardPlant(int bytes) {
        this.memory = new byte[bytes];
    }

    @Override
    public void packet(int bytes) {
        int count = Math.min(bytes, memory.length);
        int untilEnd = Math.min(count, memory.length - at);
        mark++;
        Arrays.fill(memory, at, at + untilEnd, mark);
        Arrays.fill(memory, 0, count - untilEnd, mark);
        at = (at + count) % memory.length;
    }

    @Override
    public void endOfUnit() {}

    byte[] memory() {
        return memory.clone();
    }
}
