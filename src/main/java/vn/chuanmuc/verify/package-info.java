/**
 * The program that checks a bundle or a receipt without the server: JDK only, none of the product's classes, its own jar. It reads
 * bytes and computes every hash itself, so that a mistake of the product, or of whoever holds it, cannot hide in both.
 */
package vn.chuanmuc.verify;
