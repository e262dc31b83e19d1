package dev.staleless.core.codec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several values of bytes in one, each of which may be missing. */
public final class BlobsCodec {

    private static final char TYPE = 'B';

    private BlobsCodec() {}

    public static byte[] encode(List<byte @Nullable []> blobs) {
        BinaryWriter out = new BinaryWriter(TYPE);
        out.unsigned(blobs.size());
        for (byte[] blob : blobs) {
            out.octet(blob == null ? 0 : 1);
            if (blob != null) {
                out.blob(blob);
            }
        }
        return out.seal();
    }

    /** Reads what {@link #encode} wrote; null if malformed. */
    public static @Nullable List<byte @Nullable []> decode(byte @Nullable [] bytes) {
        return BinaryReader.decode(bytes, TYPE, in -> {
            int count = in.count();
            List<byte @Nullable []> blobs = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                blobs.add(in.flag() ? in.blob() : null);
            }
            return blobs;
        });
    }
}
