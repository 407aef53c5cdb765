package vn.chuanmuc.rules;

import java.util.UUID;
import vn.chuanmuc.access.Viewer;

/** Who reads a version besides those who read rules: whoever is assessed, or assesses, by it. */
public interface VersionReaders {
    boolean reads(Viewer viewer, UUID versionId);
}
