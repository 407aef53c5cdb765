package vn.chuanmuc.petitions.web;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartFile;

/** A file as it was sent. @param title as it was typed, or else the file's own name */
record Uploaded(String title, byte[] bytes) {
    static Uploaded of(@Nullable MultipartFile file, String title) throws IOException {
        String name = file == null || file.getOriginalFilename() == null ? "" : file.getOriginalFilename();
        return new Uploaded(title.isBlank() ? name : title, file == null ? new byte[0] : file.getBytes());
    }
}
