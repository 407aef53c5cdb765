package vn.chuanmuc.ui;

/**
 * What a page shows. A record {@code vn.chuanmuc.<module>.web.X} that a controller returns is rendered by the template
 * {@code <module>/web/X.jte}, which gets {@code ui} and {@code page}.
 */
public interface View {
    /** HTTP status of the answer; a form that is shown again with its errors answers 422. */
    default int status() {
        return 200;
    }
}
