package phasebench.harness.load.viewer;

import java.net.URI;
import phasebench.harness.load.media.FrameDrive;
import phasebench.harness.load.media.FrameGrid;
import phasebench.harness.load.media.FrameSource;

/// What viewers know of the stream they watch.
///
/// @param endpoint where WHEP offers go
public record StreamView(String name, URI endpoint, FrameSource source, FrameGrid grid, FrameDrive drive) {}
