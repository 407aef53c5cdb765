package vn.chuanmuc.access;

import java.util.List;

/** What waits for a viewer in one module; the first page gathers all of them. */
public interface Todos {
    List<Todo> of(Viewer viewer);
}
