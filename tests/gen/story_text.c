/*
 * story_text.c - what is said in the sample phone. Every person, line and number is invented.
 *
 * Ellis is 15. In February somebody saves a number in Ellis's phone as "Marlo line". It sends the
 * same offers again and again. A number that is not saved begins to give small jobs, then gives
 * orders; on Friday 14 March Ellis takes a train and is missing until Monday. The rest is an
 * ordinary phone: mum, nan, a sister, friends, football, school, pizza, the barber.
 *
 * clean_scenes is that ordinary phone alone, with the words that innocent people use too: food,
 * line, train, "you owe me a fiver", "two for one".
 */
#include "story.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

const struct cast_member story_cast[CAST] = {
	[OWNER] = { "Ellis", "Marrow", 447700900101, NULL, -1, true },
	[MUM] = { "Mum", "", 447700900102, NULL, 2, true },
	[NAN] = { "Nan", "", 441632960145, NULL, 2, false },
	[SISTER] = { "Liv", "", 447700900103, NULL, 0, true },
	[HARVEY] = { "Harvey", "Finch", 447700900110, NULL, 3, true },
	[MO] = { "Mo", "", 447700900111, NULL, 1, true },
	[JESS] = { "Jess", "Lane", 447700900112, NULL, 4, true },
	[OLI] = { "Oli", "Penn", 447700900113, NULL, 5, true },
	[COACH] = { "Coach", "Baz", 447700900120, NULL, 8, false },
	[BARBER] = { "", "", 447700900377, NULL, -1, false },
	[SCHOOL] = { "", "", 0, "WestmereHS", -1, false },
	[PARCEL] = { "", "", 0, "ParcelGo", -1, false },
	[BANK] = { "", "", 0, "Pennybank", -1, false },
	[PIZZA] = { "", "", 0, "SliceCo", -1, false },
	[LINE] = { "Marlo", "line", 447700900142, NULL, 1, false },
	[LINE_NEW] = { "", "", 447700900611, NULL, -1, false },
	[BOSS] = { "", "", 447700900318, NULL, -1, false },
	[RAIL] = { "", "", 0, "RailTix", -1, false },
};

const uint32_t story_friends[3] = { HARVEY, MO, OLI };
const uint32_t story_family[2] = { MUM, SISTER };

const struct deal_line story_lines[] = {
	{ "Marlo", "+447700900142", 447700900142, "2025-01-10", "", "active", "1AP" },
	{ "Marlo", "07700 900611", 447700900611, "2025-03-13", "", "suspected", "2BP" },
	{ "Kobi", "07700 900377", 447700900377, "2023-02-01", "2023-06-30", "closed", "2B" },
	{ "Denzo", "07700 900701", 447700900701, "2024-11-01", "", "active", "1BP" },
	{ "Denzo", "+44 7700 900702", 447700900702, "2024-11-01", "2025-01-31", "dormant", "2BC" },
	{ "Tavi", "07700-900-715", 447700900715, "", "", "unknown", "" },
	{ "Renko", "447700900733", 447700900733, "2024-06-01", "2024-12-31", "ddtro", "1A" },
	{ "Renko", "07700 900 734", 447700900734, "2025-01-02", "", "suspected", "2C" },
	{ "Jorro", "0044 7700 900750", 447700900750, "2025-02-01", "", "active", "1AC" },
	{ "Milt", "020 7946 0018", 442079460018, "2024-01-01", "", "suspected", "3D" },
	{ "Sonto", "07700900768", 447700900768, "2022-01-01", "2022-12-31", "seized", "1A" },
	{ "Brodi", "+1 202 555 0144", 12025550144, "2024-09-01", "", "suspected", "2D" },
};
const size_t story_lines_n = COUNT(story_lines);

#define ME OWNER
#define FR CHAT_FRIENDS
#define FA CHAT_FAMILY
#define PLAIN NULL, 0, MESSAGE_TEXT, 0, NULL
#define ABOUT(category) category, 0, MESSAGE_TEXT, 0, NULL
#define SAYS(category, e164, spelling) category, 0, MESSAGE_TEXT, e164, spelling
#define FLAGS(flags) NULL, flags, MESSAGE_TEXT, 0, NULL
#define KIND(kind) NULL, 0, kind, 0, NULL

#define OFFER_1 "Marlo on n about til late. best of both. 2 for 15, 3 for 25. ring the line"
#define OFFER_2 "Marlo on n about til 2am. best of both. 2 for 15, 3 for 25. ring the line"

const struct scene story_scenes[] = {
	/* the line: the same offer again and again */
	{ -30, "16:05", LINE, LINE, "Marlo line up and running. fresh both. save the number",
	  ABOUT("broadcast") },
	{ -24, "11:32", LINE, LINE, OFFER_1, ABOUT("broadcast") },
	{ -17, "12:02", LINE, LINE, OFFER_2, ABOUT("broadcast") },
	{ -10, "10:48", LINE, LINE, OFFER_1, ABOUT("broadcast") },
	{ -6, "11:15", LINE, LINE, OFFER_2, ABOUT("broadcast") },
	{ -3, "12:40", LINE, LINE, OFFER_1, ABOUT("broadcast") },
	{ 1, "11:05", LINE_NEW, LINE_NEW,
	  "New number same line its Marlo. delete the old one save this. 2 for 15, 3 for 25",
	  ABOUT("number-swap") },
	{ 2, "11:20", LINE_NEW, LINE_NEW, OFFER_1, ABOUT("broadcast") },

	/* the number that is not saved: friendly first, then orders, then a debt */
	{ -26, "18:20", BOSS, BOSS, "yo its me from the park. u said u wanted to make some p's",
	  ABOUT("recruitment") },
	{ -26, "18:24", BOSS, ME, "who is this", PLAIN },
	{ -26, "18:25", BOSS, BOSS,
	  "the one who got u them trainers lol. easy money £50 just hold something for me",
	  ABOUT("recruitment") },
	{ -25, "17:50", BOSS, ME, "is it safe tho", PLAIN },
	{ -25, "17:51", BOSS, BOSS, "course. i look after my youngers", ABOUT("recruitment") },
	{ -19, "19:10", BOSS, BOSS,
	  "hold the line phone tonight, keep it charged. answer every call", ABOUT("line-phone") },
	{ -19, "19:12", BOSS, ME, "ok", PLAIN },
	{ -12, "20:02", BOSS, BOSS, "did u send the texts out", ABOUT("line-phone") },
	{ -12, "20:03", BOSS, ME, "yh all of them", PLAIN },
	{ -8, "16:44", BOSS, BOSS, "need u to go OT for me friday. 2 nights. £200 in ur hand",
	  ABOUT("travel") },
	{ -8, "16:50", BOSS, ME, "i got school and my mum will go mad", PLAIN },
	{ -8, "16:52", BOSS, BOSS, "tell her ur at ur mates. dont tell no one. delete this chat",
	  ABOUT("concealment") },
	{ -1, "21:30", BOSS, BOSS, "tomorrow get the 18:12 to norwich. tickets on ur phone",
	  ABOUT("travel") },
	{ -1, "21:33", BOSS, BOSS, "any trouble ring the other phone 07700 900142 ask for marlo",
	  SAYS("travel", 447700900142, "07700 900142") },
	{ 0, "15:40", BOSS, BOSS,
	  "pick up the pack from G behind the chicken shop. plug it before u travel",
	  ABOUT("concealment") },
	{ 0, "15:42", BOSS, ME, "what do u mean plug it", PLAIN },
	{ 0, "15:43", BOSS, BOSS, "u know what it means. feds wont look there",
	  ABOUT("concealment") },
	{ 0, "18:20", BOSS, BOSS, "u on it?", PLAIN },
	{ 0, "18:21", BOSS, ME, "on the train", PLAIN },
	{ 0, "20:15", BOSS, BOSS, "get a cab from the station its paid. send me ur live location",
	  ABOUT("remote-control") },
	{ 0, "20:40", BOSS, BOSS, "door is the one with the broken glass. nittys yard, hes cool",
	  ABOUT("cuckooing") },
	{ 0, "20:41", BOSS, BOSS, "stay in the house. dont leave till i say", ABOUT("coercion") },
	{ 0, "23:10", BOSS, BOSS, "how much left", ABOUT("logistics") },
	{ 0, "23:12", BOSS, ME, "11 of the light 6 dark", PLAIN },
	{ 1, "08:02", BOSS, BOSS, "wake up. line is ringing. 2 of both to the car park now",
	  ABOUT("logistics") },
	{ 1, "13:30", BOSS, BOSS, "why u offline. pick up now", ABOUT("remote-control") },
	{ 1, "13:31", BOSS, BOSS, "drop ur location now dont make me ring again",
	  ABOUT("remote-control") },
	{ 1, "13:44", BOSS, ME, "sorry phone died", PLAIN },
	{ 1, "19:55", BOSS, ME, "some older boys took it off me im sorry", PLAIN },
	{ 1, "19:56", BOSS, BOSS, "u what", PLAIN },
	{ 1, "19:58", BOSS, BOSS, "u lost the pack thats £400 u owe me now", ABOUT("debt-threat") },
	{ 1, "19:59", BOSS, BOSS,
	  "u work it off or i know where ur mum lives. i will pull up with a shank",
	  ABOUT("debt-threat") },
	{ 1, "20:03", BOSS, ME, "please dont. i will pay it back", PLAIN },
	{ 2, "10:00", BOSS, BOSS, "count it and send me a pic. every pound", ABOUT("logistics") },
	{ 2, "22:15", BOSS, BOSS, "if feds come say nothing. no comment. wipe ur phone",
	  ABOUT("evasion") },
	{ 3, "11:40", BOSS, BOSS, "u still owe me £400. friday again. dont be late",
	  ABOUT("debt-threat") },
	{ 0, "12:05", RAIL, RAIL,
	  "Your e-ticket: Westmere to Norwich, Fri 14 Mar 18:12, 1 child, single. Ref QX81LT",
	  ABOUT("travel") },
	{ 3, "06:31", RAIL, RAIL,
	  "Your e-ticket: Norwich to Westmere, Mon 17 Mar 09:40, 1 child, single. Ref QX92MV",
	  ABOUT("travel") },

	/* those who look for Ellis */
	{ 0, "17:30", MUM, MUM, "Are you home for tea? x", PLAIN },
	{ 0, "17:41", MUM, ME, "staying at harveys tonight", PLAIN },
	{ 0, "21:02", MUM, MUM, "Harveys mum says you are not there. Where are you??", PLAIN },
	{ 0, "21:20", MUM, MUM, "Ellis answer your phone please", PLAIN },
	{ 0, "23:48", MUM, MUM,
	  "I am ringing the police. I am so worried. Just tell me you are safe", ABOUT("welfare") },
	{ 1, "07:15", MUM, MUM, "Please. I am not angry. Where are you x", PLAIN },
	{ 1, "09:30", NAN, NAN, "Ellis love its Nan. Come home sweetheart, nobody is cross",
	  PLAIN },
	{ 1, "10:12", SISTER, SISTER, "mum is crying. police came. where r u", ABOUT("welfare") },
	{ 1, "12:00", FR, HARVEY, "ellis ur mum rang my mum. where are you bro", PLAIN },
	{ 1, "12:04", FR, MO, "not funny now", PLAIN },
	{ 2, "09:00", MUM, MUM, "Please Ellis. Anything you need. x", PLAIN },
	{ 2, "16:30", JESS, JESS, "are you ok? everyone is looking for you", PLAIN },
	{ 2, "16:55", JESS, ME, "cant talk", FLAGS(MESSAGE_BODY_ONLY) },
	{ 2, "16:56", JESS, ME, "i want to come home", FLAGS(MESSAGE_UNSENT) },
	{ 3, "12:20", MUM, ME, "im at the station. can you come get me", PLAIN },
	{ 3, "12:21", MUM, MUM, "Stay there. I am coming now. I love you x", PLAIN },
};
const size_t story_scenes_n = COUNT(story_scenes);

const struct scene clean_scenes[] = {
	{ -34, "08:10", MUM, MUM, "You left your PE kit on the stairs x", PLAIN },
	{ -34, "08:12", MUM, ME, "oh noo can u drop it at school", PLAIN },
	{ -34, "08:13", MUM, MUM, "On my way to work, 10 mins. Wait by the gate", PLAIN },
	{ -33, "16:20", FR, HARVEY, "who is on tonight", PLAIN },
	{ -33, "16:21", FR, ME, "me after food", PLAIN },
	{ -33, "16:22", FR, MO, "homework first mum says 😭", PLAIN },
	{ -33, "16:23", FR, OLI, "bring snacks", PLAIN },
	{ -32, "12:30", PIZZA, PIZZA, "SliceCo: 2 for 1 on large pizzas till 10pm! Order online",
	  PLAIN },
	{ -32, "18:02", SISTER, SISTER, "did u take my charger", PLAIN },
	{ -32, "18:03", SISTER, ME, "no lol check ur bag", PLAIN },
	{ -31, "09:00", SCHOOL, SCHOOL,
	  "Year 10 parents evening is on 20 March. Please book online.", PLAIN },
	{ -30, "19:15", COACH, COACH, "Training moved to 6 on Thursday lads, bring both kits",
	  PLAIN },
	{ -30, "19:20", COACH, ME, "ok coach", PLAIN },
	{ -29, "13:11", BARBER, BARBER,
	  "Fade & Co: your appointment is Sat 15:30. Reply C to cancel", PLAIN },
	{ -28, "20:10", HARVEY, HARVEY, "you owe me a fiver for the cinema", PLAIN },
	{ -28, "20:11", HARVEY, ME, "pay you monday", PLAIN },
	{ -28, "20:12", HARVEY, HARVEY, "with interest 😂", PLAIN },
	{ -27, "15:45", MUM, MUM, "Can you get the bus home, I am stuck at work", PLAIN },
	{ -27, "15:46", MUM, ME, "yeah ok", PLAIN },
	{ -27, "16:40", MUM, MUM, "Let me know when you are in x", PLAIN },
	{ -27, "17:02", MUM, ME, "home", PLAIN },
	{ -25, "10:00", NAN, NAN, "Happy half term darling. Come for your tea on Sunday. Nan xx",
	  PLAIN },
	{ -25, "10:30", NAN, ME, "yes please 🎂 can you make the apple cake", PLAIN },
	{ -23, "21:00", JESS, JESS, "what did you get for question 4", PLAIN },
	{ -23, "21:04", JESS, ME, "x = 7 i think", FLAGS(MESSAGE_EDITED) },
	{ -23, "21:05", JESS, JESS, "same phew", PLAIN },
	{ -22, "17:30", PARCEL, PARCEL, "ParcelGo: your parcel is out for delivery, 17:00 to 19:00",
	  PLAIN },
	{ -21, "12:10", FR, MO, "look at this", FLAGS(MESSAGE_PHOTO) },
	{ -21, "12:11", FR, HARVEY, "", KIND(MESSAGE_REACTION) },
	{ -21, "12:12", FR, ME, "thats fire", PLAIN },
	{ -20, "18:45", FA, MUM, "Who wants fish and chips", PLAIN },
	{ -20, "18:46", FA, SISTER, "me me me", PLAIN },
	{ -20, "18:47", FA, ME, "large for me. im starving", PLAIN },
	{ -18, "16:15", OLI, OLI, "my new number is 07700 900188 save it",
	  SAYS(NULL, 447700900188, "07700 900188") },
	{ -18, "16:16", OLI, ME, "got it", PLAIN },
	{ -16, "09:00", BANK, BANK,
	  "Pennybank: you received £20.00 from S MARROW. Ref pocket money", PLAIN },
	{ -15, "14:02", FR, OLI, "", KIND(MESSAGE_RENAMED) },
	{ -15, "14:05", FR, HARVEY, "best name yet", PLAIN },
	{ -14, "19:30", COACH, COACH, "Match Sunday, kick off 10:30. Meet 9:45. Be on time!",
	  PLAIN },
	{ -13, "20:20", JESS, ME, "do you want to revise at the library saturday", PLAIN },
	{ -13, "20:25", JESS, JESS, "yes! after lunch?", PLAIN },
	{ -11, "11:55", FR, ME, "we won 3 1 get in", PLAIN },
	{ -11, "11:56", FR, MO, "dont lie you were on the bench", PLAIN },
	{ -11, "11:57", FR, ME, "super sub", PLAIN },
	{ -9, "17:12", HARVEY, HARVEY, "ring me when you can", PLAIN },
	{ -9, "17:40", HARVEY, ME, "what is it", PLAIN },
	{ -9, "17:41", HARVEY, HARVEY, "nothing just bored", PLAIN },
	{ -7, "08:05", MUM, MUM, "Dentist at 4 today do not forget. I will pick you up", PLAIN },
	{ -7, "15:58", MUM, MUM, "I am outside x", PLAIN },
	{ -5, "18:30", NAN, NAN, "Thank you for coming on Sunday. You have grown again!", PLAIN },
	{ -4, "21:15", SISTER, SISTER, "tell mum im staying at beths", PLAIN },
	{ -4, "21:16", SISTER, ME, "tell her yourself", FLAGS(MESSAGE_DELETED) },
	{ -2, "16:02", FR, HARVEY, "anyone up for the park", PLAIN },
	{ -2, "16:09", FR, MO, "on my way", PLAIN },
	{ 4, "09:05", SCHOOL, SCHOOL, "Ellis was marked absent on 14 and 17 March. Please call us.",
	  PLAIN },
	{ 4, "17:30", FR, OLI, "good to have you back", PLAIN },
	{ 4, "18:00", PIZZA, PIZZA, "SliceCo: buy one get one free this week. Ends Sunday", PLAIN },
};
const size_t clean_scenes_n = COUNT(clean_scenes);

const struct scene_call story_calls[] = {
	{ "16:20", -30, LINE, 34, true, false },  { "19:30", -19, BOSS, 62, false, false },
	{ "19:58", -12, BOSS, 41, false, false }, { "21:36", -1, BOSS, 118, false, false },
	{ "21:40", -1, LINE, 22, true, false },   { "15:38", 0, BOSS, 55, false, false },
	{ "20:30", 0, BOSS, 20, false, false },   { "21:04", 0, MUM, 0, false, false },
	{ "21:10", 0, MUM, 0, false, false },     { "21:19", 0, MUM, 0, false, false },
	{ "22:40", 0, MUM, 0, false, false },     { "23:59", 0, MUM, 0, false, false },
	{ "07:20", 1, MUM, 0, false, false },     { "08:01", 1, BOSS, 15, false, false },
	{ "09:32", 1, NAN, 0, false, false },     { "13:29", 1, BOSS, 0, false, false },
	{ "13:45", 1, BOSS, 74, true, false },    { "19:50", 1, BOSS, 0, true, false },
	{ "20:00", 1, OWNER, 0, false, false },   { "09:05", 2, MUM, 0, false, false },
	{ "10:02", 2, BOSS, 90, false, false },   { "16:50", 2, JESS, 0, false, true },
	{ "11:38", 3, BOSS, 31, false, false },   { "12:19", 3, MUM, 48, true, false },
};
const size_t story_calls_n = COUNT(story_calls);

const struct scene_call clean_calls[] = {
	{ "17:00", -33, HARVEY, 610, false, true }, { "18:12", -31, NAN, 380, false, false },
	{ "18:40", -28, MUM, 45, false, false },    { "17:15", -26, MO, 0, true, false },
	{ "17:35", -22, OWNER, 0, false, false },   { "16:30", -18, OLI, 240, true, true },
	{ "19:05", -14, COACH, 95, true, false },   { "17:45", -9, HARVEY, 1260, true, false },
	{ "16:00", -7, MUM, 12, true, false },      { "20:00", -4, JESS, 900, false, true },
	{ "18:15", 5, NAN, 720, true, false },
};
const size_t clean_calls_n = COUNT(clean_calls);
