/* tl.c - see tl.h */
#include "tl.h"

#define BIT(n) (1u << (n))
#define VECTOR 0x1cb5c415u
#define ENTITIES_MAX 4096

struct in {
	span s;
	size_t at;
	bool bad;
};

static uint32_t u32(struct in *in)
{
	uint32_t value = 0;
	if (in->bad || in->s.n - in->at < 4) {
		in->bad = true;
		return 0;
	}
	for (size_t i = 0; i < 4; i++)
		value |= (uint32_t)(unsigned char)in->s.p[in->at + i] << 8 * i;
	in->at += 4;
	return value;
}

static int64_t i64(struct in *in)
{
	uint64_t low = u32(in), high = u32(in);
	return (int64_t)(low | high << 32);
}

static span text(struct in *in)
{
	size_t n, head = 1;
	if (in->bad || in->at >= in->s.n)
		goto bad;
	n = (unsigned char)in->s.p[in->at];
	if (n == 255)
		goto bad;
	if (n == 254) {
		n = u32(in) >> 8;
		head = 4;
		if (in->bad)
			return SPAN_NONE;
	} else {
		in->at++;
	}
	if (n > in->s.n - in->at)
		goto bad;
	span found = span_sub(in->s, in->at, in->at + n);
	in->at += n;
	/* The last text of a record may lack its zeros. */
	for (size_t pad = (4 - (head + n) % 4) % 4; pad && in->at < in->s.n; pad--)
		in->at++;
	return found;
bad:
	in->bad = true;
	return SPAN_NONE;
}

static enum tl_peer peer(struct in *in, int64_t *ret_id)
{
	static const struct {
		uint32_t constructor;
		enum tl_peer peer;
		bool wide;
	} known[] = {
		{ 0x59511722, TL_USER, true },     { 0x36c6019a, TL_CHAT, true },
		{ 0xa2a5371e, TL_CHANNEL, true },  { 0x20d51b14, TL_CHANNEL, true },
		{ 0x9db1bc6d, TL_USER, false },    { 0xbad0e5bb, TL_CHAT, false },
		{ 0xbddde532, TL_CHANNEL, false },
	};
	uint32_t constructor = u32(in);
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (known[i].constructor == constructor) {
			*ret_id = known[i].wide ? i64(in) : (int32_t)u32(in);
			return known[i].peer;
		}
	in->bad = true;
	return TL_NOBODY;
}

/* ---- headers: flag (0 = always) and kind of each field ---- */

enum field_kind { END, INT, LONG, TEXT, PEER, FORWARD, ENTITIES, STOP };

struct field {
	uint32_t flag;
	enum field_kind kind;
};

struct header {
	uint32_t constructor;
	struct field field[12];
};

static const struct header forwards[] = {
	{ 0x4e4df4bb,
	  { { 1, PEER },
	    { 32, TEXT },
	    { 0, INT },
	    { 4, INT },
	    { 8, TEXT },
	    { 16, PEER },
	    { 16, INT },
	    { 256, PEER },
	    { 512, TEXT },
	    { 1024, INT },
	    { 64, TEXT } } },
	{ 0x5f777dce,
	  { { 1, PEER },
	    { 32, TEXT },
	    { 0, INT },
	    { 4, INT },
	    { 8, TEXT },
	    { 16, PEER },
	    { 16, INT },
	    { 64, TEXT } } },
};

/* STOP: a picture, or bytes, in the reply: not stepped over. */
#define REPLY_FIELDS                                                                        \
	{ 16, INT }, { 1, PEER }, { 32, FORWARD }, { 256, STOP }, { 2, INT }, { 64, TEXT }, \
	{                                                                                   \
		128, ENTITIES                                                               \
	}

static const struct header replies[] = {
	{ 0x1b97dd66, { REPLY_FIELDS, { 1024, INT }, { 2048, INT }, { 4096, STOP } } },
	{ 0x6917560b, { REPLY_FIELDS, { 1024, INT }, { 2048, INT } } },
	{ 0xafbc09db, { REPLY_FIELDS, { 1024, INT } } },
	{ 0x6eebcabd, { REPLY_FIELDS } },
	{ 0xa6d57763, { { 0, INT }, { 1, PEER }, { 2, INT } } },
};

static void entity(struct in *in)
{
	uint32_t constructor = u32(in);
	if (constructor == 0xf1ccaaac) /* a quotation: its flags come first */
		u32(in);
	u32(in); /* where it begins, and how long it is */
	u32(in);
	switch (constructor) {
	case 0x73924be0: /* code, with its language */
	case 0x76a6d327: /* text that leads to an address */
		text(in);
		break;
	case 0xdc7b1140: /* a person without a user name */
	case 0xc8cf05f8: /* an emoji of one's own */
		i64(in);
		break;
	case 0xf1ccaaac:
	case 0xbb92ba95:
	case 0xfa04579d:
	case 0x6f635b0d:
	case 0x6cef8ac7:
	case 0x6ed02538:
	case 0x64e475c2:
	case 0xbd610bc9:
	case 0x826f8b60:
	case 0x28a20571:
	case 0x9b69e34b:
	case 0x4c4e743f:
	case 0x9c4e7e8b:
	case 0xbf0693d4:
	case 0x32ca960f:
	case 0x761e6af4:
		break;
	default:
		in->bad = true;
	}
}

static void entities(struct in *in)
{
	uint32_t n = 0;
	if (u32(in) != VECTOR || (n = u32(in)) > ENTITIES_MAX)
		in->bad = true;
	for (uint32_t i = 0; i < n && !in->bad; i++)
		entity(in);
}

static void forward(struct in *in);

static void fields(struct in *in, const struct field *f, size_t n)
{
	uint32_t flags = u32(in);
	int64_t id;
	for (size_t i = 0; i < n && f[i].kind != END && !in->bad; i++) {
		if (f[i].flag && !(flags & f[i].flag))
			continue;
		switch (f[i].kind) {
		case INT:
			u32(in);
			break;
		case LONG:
			i64(in);
			break;
		case TEXT:
			text(in);
			break;
		case PEER:
			peer(in, &id);
			break;
		case FORWARD:
			forward(in); /* which holds none itself */
			break;
		case ENTITIES:
			entities(in);
			break;
		default:
			in->bad = true;
		}
	}
}

static bool one_of(struct in *in, uint32_t constructor, const struct header *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (list[i].constructor == constructor) {
			fields(in, list[i].field, sizeof list[i].field / sizeof *list[i].field);
			return true;
		}
	return false;
}

static void forward(struct in *in)
{
	if (!one_of(in, u32(in), forwards, sizeof forwards / sizeof *forwards))
		in->bad = true;
}

static void reply(struct in *in)
{
	int64_t id;
	uint32_t constructor = u32(in);
	if (constructor == 0x0e5af939) { /* to a story: of whom, and which */
		peer(in, &id);
		u32(in);
	} else if (constructor == 0x9c98bfc1) {
		i64(in);
		u32(in);
	} else if (!one_of(in, constructor, replies, sizeof replies / sizeof *replies)) {
		in->bad = true;
	}
}

/* ---- messages ---- */

enum {
	FLAGS2 = BIT(0), /* a second word of flags */
	BOOSTS = BIT(1), /* bit 29: from_boosts_applied */
	RANK = BIT(2),   /* bit 12 of the second word: from_rank */
	SAVED = BIT(3),  /* bit 28: saved_peer_id */
	GUEST = BIT(4),  /* bit 19 of the second word: guestchat_via_from */
	BOT32 = BIT(5),  /* via_bot_id is of 32 bits */
	BARE = BIT(6),   /* from_id and reply_to are bare numbers */
	SECRET = BIT(7), /* of a secret chat: a time to live, and always a sender */
	MODERN = FLAGS2 | BOOSTS | SAVED
};

static const struct layout {
	uint32_t constructor;
	unsigned has;
} messages[] = {
	{ 0x7600b9d3, MODERN | RANK | GUEST },
	{ 0x95ef6f2b, MODERN | RANK | GUEST },
	{ 0x3ae56482, MODERN | RANK },
	{ 0x9cb490e9, MODERN },
	{ 0xb92f76cf, MODERN },
	{ 0x9815cec8, MODERN },
	{ 0xeabcdd4d, MODERN },
	{ 0x96fdbbe9, MODERN },
	{ 0x94345242, MODERN },
	{ 0xbde09c2e, MODERN },
	{ 0x2357bf25, MODERN },
	{ 0xa4e97f37, MODERN },
	{ 0xa66c7efc, BOOSTS | SAVED },
	{ 0x1e4c8a69, BOOSTS | SAVED },
	{ 0x76bec211, SAVED },
	{ 0x38116ee0, 0 },
	{ 0x85d6cbe2, 0 },
	{ 0xbce383d2, BOT32 },
	{ 0x58ae39c9, BOT32 },
	{ 0xf52e6b7f, BOT32 | BARE },
	{ 0x452c0e65, BOT32 | BARE },
	{ 0x44f9b43d, BOT32 | BARE },
	{ 0x90dddc11, BOT32 | BARE },
	{ 0xc09be45f, BOT32 | BARE },
	{ 0x555555fa, SECRET },
	{ 0x555555f9, SECRET },
	{ 0x555555f8, SECRET },
};

static void sender(struct in *in, bool bare, struct tl_message *m)
{
	if (bare) {
		m->from = TL_USER;
		m->from_id = (int32_t)u32(in);
	} else {
		m->from = peer(in, &m->from_id);
	}
	if (in->bad)
		m->from = TL_NOBODY;
}

static void take_text(struct in *in, struct tl_message *m)
{
	int32_t date = (int32_t)u32(in);
	span found = text(in);
	if (in->bad)
		return;
	m->date = date;
	m->text = found;
}

static void secret(struct in *in, struct tl_message *m)
{
	int64_t id;
	u32(in); /* flags, its number, its time to live */
	u32(in);
	u32(in);
	sender(in, true, m);
	m->from_read = !in->bad;
	peer(in, &id);
	take_text(in, m);
}

static void plain(struct in *in, unsigned has, struct tl_message *m)
{
	int64_t id;
	uint32_t flags = u32(in), more = has & FLAGS2 ? u32(in) : 0;
	u32(in); /* its number */
	/* edit_date is bit 15; bit 21 says that the change is not to be shown, as reactions are */
	m->edited = flags & BIT(15) && !(flags & BIT(21));
	if (flags & BIT(8))
		sender(in, has & BARE, m);
	m->from_read = !in->bad;
	if (has & BOOSTS && flags & BIT(29))
		u32(in);
	if (has & RANK && more & BIT(12))
		text(in);
	peer(in, &id); /* the dialog, which the table says too */
	if (has & SAVED && flags & BIT(28))
		peer(in, &id);
	m->forwarded = flags & BIT(2);
	if (m->forwarded)
		forward(in);
	if (flags & BIT(11)) {
		if (has & BOT32)
			u32(in);
		else
			i64(in);
	}
	if (has & FLAGS2 && more & BIT(0))
		i64(in);
	if (has & GUEST && more & BIT(19))
		peer(in, &id);
	if (flags & BIT(3)) {
		if (has & BARE)
			u32(in);
		else
			reply(in);
	}
	take_text(in, m);
}

/* ---- service messages ---- */

static const struct {
	uint32_t constructor;
	bool flags, from_always, bare, saved, reply;
} services[] = {
	{ 0x7a800e0a, true, false, false, true, true },
	{ 0xd3d28540, true, false, false, false, true },
	{ 0x2b085862, true, false, false, false, true },
	{ 0x286fa604, true, false, false, false, true },
	{ 0x9e19a1f6, true, false, true, false, true },
	{ 0xc06b9607, true, false, true, false, false },
	{ 0x1d86f70e, true, true, true, false, false },
};

static void action(struct in *in, struct tl_message *m)
{
	uint32_t constructor = u32(in), flags;
	m->call_seconds = -1;
	switch (constructor) {
	case 0x80e11a7f:
		flags = u32(in);
		m->call = true;
		m->call_video = flags & BIT(2);
		i64(in);
		if (flags & BIT(0))
			m->call_missed = u32(in) == 0x85e42301;
		if (flags & BIT(1))
			m->call_seconds = (int32_t)u32(in);
		break;
	case 0xb5a1ce5a: /* a group's new name; a group that was made */
	case 0xbd47cbad:
	case 0xa6638b9a:
		m->title = text(in);
		break;
	default:
		break;
	}
}

static void service(struct in *in, size_t i, struct tl_message *m)
{
	int64_t id;
	uint32_t flags = services[i].flags ? u32(in) : 0;
	u32(in);
	if (services[i].from_always || flags & BIT(8))
		sender(in, services[i].bare, m);
	m->from_read = !in->bad;
	peer(in, &id);
	if (services[i].saved && flags & BIT(28))
		peer(in, &id);
	if (services[i].reply && flags & BIT(3)) {
		if (services[i].bare)
			u32(in);
		else
			reply(in);
	}
	int32_t date = (int32_t)u32(in);
	if (in->bad)
		return;
	m->date = date;
	action(in, m);
	if (in->bad) {
		m->call = m->call_missed = m->call_video = false;
		m->call_seconds = -1;
		m->title = SPAN_NONE;
	}
	in->bad = false; /* the action is only named: nothing people wrote is lost */
}

int tl_message(span blob, struct tl_message *ret, struct err *err)
{
	struct in in = { .s = blob };
	struct tl_message m = { .call_seconds = -1 };
	m.constructor = u32(&in);
	bool known = m.constructor == 0x90a6ca84 || m.constructor == 0x83e5de54;
	if (known)
		m.kind = TL_EMPTY;
	for (size_t i = 0; i < sizeof messages / sizeof *messages && !known; i++)
		if (messages[i].constructor == m.constructor) {
			known = true;
			if (messages[i].has & SECRET)
				secret(&in, &m);
			else
				plain(&in, messages[i].has, &m);
		}
	for (size_t i = 0; i < sizeof services / sizeof *services && !known; i++)
		if (services[i].constructor == m.constructor) {
			known = true;
			m.kind = TL_SERVICE;
			service(&in, i, &m);
		}
	*ret = m;
	if (in.bad && known)
		return err_set(err, E_FORMAT,
			       "a part of the record before its text is not known, or cut off");
	if (!known)
		return err_set(err, E_FORMAT, "a record of a kind that is not known (%08x)",
			       (unsigned)m.constructor);
	return 0;
}

int tl_user(span blob, struct tl_user *ret, struct err *err)
{
	struct in in = { .s = blob };
	struct tl_user u = { 0 };
	uint32_t constructor = u32(&in);
	if (constructor != 0x215c4438 && constructor != 0x020b1422 && constructor != 0x31774388)
		return err_set(err, E_FORMAT, "a user of a kind that is not known (%08x)",
			       (unsigned)constructor);
	uint32_t flags = u32(&in);
	u32(&in); /* a second word of flags */
	u.id = i64(&in);
	u.self = flags & BIT(10);
	if (flags & BIT(0))
		i64(&in);
	if (flags & BIT(1))
		u.first = text(&in);
	if (flags & BIT(2))
		u.last = text(&in);
	if (flags & BIT(3))
		u.user_name = text(&in);
	if (flags & BIT(4))
		u.phone = text(&in);
	if (in.bad)
		return err_set(err, E_FORMAT, "a user's record that is cut off");
	*ret = u;
	return 0;
}
