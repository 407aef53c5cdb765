package vn.chuanmuc.overview.web;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;

/** Files that are written first and sent then: an error half-way is an error page, never half a file. */
final class Files {
    private Files() {}

    interface Writing {
        void to(OutputStream out) throws IOException;
    }

    static ResponseEntity<InputStreamResource> answer(String name, String type, Writing writing) throws IOException {
        Path file = java.nio.file.Files.createTempFile("chuanmuc-overview", ".part");
        try {
            try (OutputStream out = new BufferedOutputStream(java.nio.file.Files.newOutputStream(file))) {
                writing.to(out);
            }
            return ResponseEntity.ok()
                    .header(HttpHeaders.CONTENT_TYPE, type)
                    .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
                    .header(HttpHeaders.CACHE_CONTROL, "no-store")
                    .contentLength(java.nio.file.Files.size(file))
                    .body(new InputStreamResource(
                            java.nio.file.Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE)));
        } catch (IOException | RuntimeException e) {
            java.nio.file.Files.deleteIfExists(file);
            throw e;
        }
    }
}
