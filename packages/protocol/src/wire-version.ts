/**
 * The version of the HTTP contract between widget and server. A widget from a CDN may be older than the
 * server it talks to, so a change that an older widget cannot live with raises this number, and the server
 * goes on understanding the one before.
 */
export const wireVersion = 1;
