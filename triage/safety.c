/* safety.c - see safety.h */
#include "safety.h"
#include <stdio.h>

void safety_before_return(void)
{
	puts("\nBefore the phone goes back to the child:\n"
	     "  - A phone that was silent is noticed. Agree with the child what to say.\n"
	     "  - A debt does not end because the police know of it: ask, and plan for it.\n"
	     "  - The phone may show that it was with the police. Nothing of linecheck is on it.\n"
	     "  - Never leave the child to explain missing messages or money.");
}

void safety_before_handover(void)
{
	puts("\nBefore a paper or file leaves your hands:\n"
	     "  - A paper at home can be found. Ask the child where it is safe, and with whom.\n"
	     "  - Somebody near the child may be part of it, family too. Names and numbers only\n"
	     "    to those who need them.\n"
	     "  - Say on it how it may be used, and to whom to go back with questions.");
}
