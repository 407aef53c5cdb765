package vn.chuanmuc.access;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** What another system sent, up to so many bytes. */
public final class ApiBody {
    private static final int AT_ONCE = 1 << 16;

    private ApiBody() {}

    /** More bytes than are taken. */
    static final class TooLarge extends RuntimeException {
        final int megabytes;

        TooLarge(long most) {
            super(null, null, false, false);
            this.megabytes = (int) (most >> 20);
        }
    }

    public static byte[] bytes(HttpServletRequest request, long most) throws IOException {
        var bytes = new ByteArrayOutputStream();
        copy(request, bytes, most);
        return bytes.toByteArray();
    }

    public static void copy(HttpServletRequest request, OutputStream to, long most) throws IOException {
        if (request.getContentLengthLong() > most) {
            throw new TooLarge(most);
        }
        InputStream in = request.getInputStream();
        var buffer = new byte[AT_ONCE];
        long count = 0;
        int read;
        while ((read = in.read(buffer)) >= 0) {
            count += read;
            if (count > most) {
                throw new TooLarge(most);
            }
            to.write(buffer, 0, read);
        }
    }
}
