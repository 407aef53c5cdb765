package vn.chuanmuc.access;

/** How much somebody was told and has not read; the frame shows the number on every page, so it must cost next to nothing. */
public interface Unread {
    int of(Viewer viewer);
}
