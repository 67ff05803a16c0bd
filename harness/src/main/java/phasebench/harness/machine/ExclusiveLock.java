package phasebench.harness.machine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A lock on the machine: two experiments at once would measure each other. The operating system drops it with the
/// process that holds it, however that ends.
public final class ExclusiveLock implements AutoCloseable {
    private final FileChannel channel;

    private ExclusiveLock(FileChannel channel) {
        this.channel = channel;
    }

    /// Where the lock lies: one place for all users of the machine, unless `phasebench.lock` says otherwise.
    public static Path defaultFile() {
        return Path.of(System.getProperty("phasebench.lock", "/tmp/phasebench.lock"));
    }

    /// Takes the lock, or says who has it.
    ///
    /// @param holder what others are told while it is held
    /// @throws HeldException if another process holds it
    public static ExclusiveLock take(Path file, String holder) throws IOException, HeldException {
        FileChannel channel = open(file);
        @Nullable FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException _) {
            // this very process holds it: the same answer as for any other
            lock = null;
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
        if (lock == null) {
            throw new HeldException(file, holderOf(file));
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)));
        return new ExclusiveLock(channel);
    }

    private static FileChannel open(Path file) throws IOException {
        boolean isNew = !Files.exists(file);
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        if (isNew && Files.getFileStore(file).supportsFileAttributeView("posix")) {
            // other users' experiments meet at the same file
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        }
        return channel;
    }

    private static Optional<String> holderOf(Path file) throws IOException {
        return Files.readString(file).lines().findFirst();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /// Somebody else measures on this machine.
    public static final class HeldException extends Exception {
        private static final long serialVersionUID = 1;

        HeldException(Path file, Optional<String> holder) {
            super("another experiment runs on this machine: %s (lock %s)".formatted(holder.orElse("unknown"), file));
        }
    }
}
