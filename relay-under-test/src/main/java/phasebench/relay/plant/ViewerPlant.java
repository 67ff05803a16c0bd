package phasebench.relay.plant;

/// What is planted in the way of one viewer's packets; owned by the thread that writes to the viewer.
///
/// An abstract class, so that the JIT calls [#NONE] without asking which one it is: in a relay without plants no other
/// is ever loaded, and the call of an empty method is gone.
public abstract class ViewerPlant {
    /// Does nothing.
    public static final ViewerPlant NONE = new None();

    /// A packet is on its way to the viewer.
    ///
    /// @param bytes its header and payload before protection
    public abstract void packet(int bytes);

    /// All packets of a unit (a frame of video) are on their way.
    public abstract void endOfUnit();

    private static final class None extends ViewerPlant {
        @Override
        public void packet(int bytes) {}

        @Override
        public void endOfUnit() {}
    }
}
