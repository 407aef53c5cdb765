package vn.chuanmuc.office;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;

/** Streams every part of an OOXML package once before any library may open it. */
final class PackageGuard {
    private static final List<String> ACTIVE = List.of(
            "/embeddings/",
            "/activex/",
            "/externallinks/",
            "/webextensions/",
            "/customui",
            "/querytables/",
            "/connections.xml",
            "/afchunk");
    private static final List<String> MACROS = List.of("vbaproject", "vbadata", "/macrosheets/", "/dialogsheets/");
    private static final List<String> ACTIVE_RELATIONSHIPS = List.of(
            "/oleObject", "/aFChunk", "/package", "/control", "/externalLink", "/externalLinkPath", "/connections");

    private PackageGuard() {}

    enum Kind {
        SHEETS,
        TEXT,
        OTHER
    }

    static Kind check(Path file, OfficeLimits limits) throws RefusedFile {
        try (var zip = new ZipFile(file.toFile())) {
            Set<String> names = new HashSet<>();
            byte[] buffer = new byte[1 << 16];
            long total = 0;
            for (var entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                String name = entry.getName().toLowerCase(Locale.ROOT);
                checkName(name);
                if (names.size() >= limits.maxEntries()) {
                    throw new RefusedFile("ZIP_BOMB");
                }
                if (!names.add(name)) {
                    throw new RefusedFile("BAD_NAME");
                }
                total = stream(zip, entry, name, total, limits, buffer);
            }
            if (!names.contains("[content_types].xml")) {
                return Kind.OTHER;
            }
            Kind kind = kind(zip);
            for (String name : names) {
                if (MACROS.stream().anyMatch(("/" + name)::contains)) {
                    throw new RefusedFile("MACRO");
                }
            }
            for (String name : names) {
                if (ACTIVE.stream().anyMatch(("/" + name)::contains)) {
                    throw new RefusedFile("EMBEDDED");
                }
            }
            for (var entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                if (entry.getName().toLowerCase(Locale.ROOT).endsWith(".rels")) {
                    checkRelationships(zip, entry);
                }
            }
            return kind;
        } catch (IOException | IllegalArgumentException e) {
            throw new RefusedFile("BROKEN");
        }
    }

    private static void checkName(String name) throws RefusedFile {
        if (name.contains("..")
                || name.startsWith("/")
                || name.contains("\\")
                || name.contains(":")
                || name.length() > 255
                || name.chars().anyMatch(c -> c < ' ')) {
            throw new RefusedFile("BAD_NAME");
        }
    }

    private static long stream(
            ZipFile zip, ZipEntry entry, String name, long before, OfficeLimits limits, byte[] buffer)
            throws RefusedFile, IOException {
        boolean mustBeXml = name.endsWith(".xml") || name.endsWith(".rels");
        var guard = new XmlGuard(limits, mustBeXml && !entry.isDirectory());
        long packed = Math.max(1, entry.getCompressedSize());
        long size = 0;
        try (InputStream in = zip.getInputStream(entry)) {
            for (int read; (read = in.read(buffer)) > 0; ) {
                size += read;
                if (before + size > limits.maxTotal() || (size > 1 << 20 && size / packed > limits.maxRatio())) {
                    throw new RefusedFile("ZIP_BOMB");
                }
                guard.feed(buffer, read);
            }
        } catch (IOException e) {
            throw new RefusedFile("BROKEN");
        }
        guard.end();
        return before + size;
    }

    private static Kind kind(ZipFile zip) throws RefusedFile, IOException {
        ZipEntry entry = zip.getEntry("[Content_Types].xml");
        if (entry == null) {
            throw new RefusedFile("BAD_NAME");
        }
        String types;
        try (InputStream in = zip.getInputStream(entry)) {
            types = new String(in.readNBytes(1 << 20), StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
        }
        if (types.contains("macroenabled") || types.contains("vbaproject")) {
            throw new RefusedFile("MACRO");
        }
        if (types.contains("spreadsheetml.sheet.main") || types.contains("spreadsheetml.template.main")) {
            return Kind.SHEETS;
        }
        return types.contains("wordprocessingml.document.main") || types.contains("wordprocessingml.template.main")
                ? Kind.TEXT
                : Kind.OTHER;
    }

    /** A hyperlink may point outside; anything else that does would fetch or run something when opened. */
    private static void checkRelationships(ZipFile zip, ZipEntry entry) throws RefusedFile, IOException {
        try (InputStream in = zip.getInputStream(entry);
                var xml = SafeXml.read(in)) {
            while (xml.next()) {
                if (xml.event() == XMLStreamConstants.START_ELEMENT
                        && xml.name().equals("Relationship")) {
                    String type = xml.attribute("Type", "");
                    boolean outside = xml.attribute("TargetMode", "").equalsIgnoreCase("External");
                    if (outside && !type.endsWith("/hyperlink")
                            || ACTIVE_RELATIONSHIPS.stream().anyMatch(type::endsWith)) {
                        throw new RefusedFile("EMBEDDED");
                    }
                }
            }
        } catch (XMLStreamException e) {
            throw new RefusedFile("BROKEN");
        }
    }
}
