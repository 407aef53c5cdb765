/** Reads office files that strangers send, and prints tables on paper layouts as XLSX, DOCX and PDF; knows files, not the domain. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel"})
package vn.chuanmuc.office;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
