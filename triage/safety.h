/*
 * safety.h - words for the child's safety, where they matter. Facts are those of the user; the
 * program only asks. Used by the command layer.
 */
#ifndef SAFETY_H
#define SAFETY_H

void safety_before_return(void);   /* the phone goes back */
void safety_before_handover(void); /* a paper or file leaves */
#endif
