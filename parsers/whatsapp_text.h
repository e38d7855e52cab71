/*
 * whatsapp_text.h - what a message of WhatsApp's "Export chat" says of itself. For whatsapp_text.c.
 *
 * The phrases are those of the app in the languages named beside them; of another language they are
 * read as text, which loses nothing but the mark.
 */
#ifndef WHATSAPP_TEXT_H
#define WHATSAPP_TEXT_H
#include "record.h"

/* STATE_EDITED and STATE_UNSENT, as far as the text says so in the app's own words. */
unsigned whatsapp_state(span text);

/* A file that was sent with it or left out of the export; false if it names none. Its type is the
 * app's own words where there is no name. */
bool whatsapp_attachment(span text, struct attachment *ret);

/* The app's words about the chat (encryption, who joined), not a person's. Only where the app
 * marked the text as its own. */
bool whatsapp_about_chat(span text, span sender);

/* The text without marks of direction at its ends. */
span whatsapp_bare(span text);

/* Whose chat a path says it is: "WhatsApp Chat with NAME.txt"; absent if it does not. */
span whatsapp_title(span path);
#endif
