/** Tells the present instant. It is passed in wherever time matters, so that tests can fix it. */
export type Clock = () => Date;
