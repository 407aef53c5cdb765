package vn.chuanmuc.commitments.web;

import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import vn.chuanmuc.commitments.CommitmentPapers.File;

/** Files to be kept, as answers. */
final class Downloads {
    private Downloads() {}

    static ResponseEntity<byte[]> of(File file) {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(file.mediaType()))
                .header(HttpHeaders.CONTENT_DISPOSITION, named(file.name()))
                .body(file.bytes());
    }

    static String named(String name) {
        return ContentDisposition.attachment().filename(name).build().toString();
    }
}
