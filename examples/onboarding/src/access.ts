import type { RequestHandler } from 'express';
import { messagePage } from './pages/message-page.ts';
import { visitorOf } from './visitor.ts';

/** For the operator page: strangers are sent to the log-in, customers are turned away. */
export const staffPageOnly: RequestHandler = (req, res, next) => {
  const visitor = visitorOf(req);
  if (visitor === undefined) {
    res.redirect(303, '/log-in');
    return;
  }
  if (visitor.role === 'staff') {
    next();
    return;
  }
  const text = 'You are logged in as a customer. This page is for the staff of Harbor Messaging.';
  res.status(403).send(String(messagePage({ visitor, title: 'Staff only', text })));
};

/** For the operator API, which knows no log-in of its own: nothing but JSON refusals. */
export const staffApiOnly: RequestHandler = (req, res, next) => {
  const visitor = visitorOf(req);
  if (visitor?.role === 'staff') {
    next();
    return;
  }
  const detail = visitor === undefined ? 'Log in as staff first.' : 'Customers may not call this.';
  res.status(visitor === undefined ? 401 : 403).json({ detail });
};
