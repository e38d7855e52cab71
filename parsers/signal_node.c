/* signal_node.c - see signal_node.h */
#include "signal_node.h"
#include "base64.h"
#include "jsonview.h"
#include "protobuf.h"

static struct node of(struct node n, span s)
{
	n.s = s;
	return n;
}

struct node node_at(struct node n, uint32_t number, const char *name)
{
	struct protobuf_field f;
	if (!n.s.p)
		return n;
	if (n.json) {
		span v = jsonview_get(n.s, name);
		return of(n, jsonview_kind(v) == JSONVIEW_OBJECT ? v : SPAN_NONE);
	}
	return of(n, protobuf_get(n.s, number, PROTOBUF_BYTES, &f) ? f.bytes : SPAN_NONE);
}

bool node_next(struct node n, uint32_t number, const char *name, size_t *at, struct node *ret)
{
	struct protobuf_field f;
	span v;
	if (!n.s.p)
		return false;
	if (n.json) {
		span list = jsonview_get(n.s, name);
		while (jsonview_kind(list) == JSONVIEW_ARRAY && jsonview_next(list, at, NULL, &v))
			if (jsonview_kind(v) == JSONVIEW_OBJECT) {
				*ret = of(n, v);
				return true;
			}
		return false;
	}
	while (protobuf_next(n.s, at, &f, NULL) > 0)
		if (f.number == number && f.wire == PROTOBUF_BYTES) {
			*ret = of(n, f.bytes);
			return true;
		}
	return false;
}

span node_text(struct node n, uint32_t number, const char *name)
{
	struct protobuf_field f;
	if (!n.s.p)
		return SPAN_NONE;
	if (n.json)
		return jsonview_text(jsonview_get(n.s, name), n.arena, n.nomem);
	return protobuf_get(n.s, number, PROTOBUF_BYTES, &f) ? f.bytes : SPAN_NONE;
}

span node_bytes(struct node n, uint32_t number, const char *name)
{
	span s = node_text(n, number, name);
	return n.json && s.p ? base64_decode(s, n.arena, n.nomem) : s;
}

bool node_int(struct node n, uint32_t number, const char *name, int64_t *ret)
{
	struct protobuf_field f;
	if (!n.s.p)
		return false;
	if (n.json)
		return jsonview_int(jsonview_get(n.s, name), ret);
	if (!protobuf_get(n.s, number, PROTOBUF_VARINT, &f) || f.value > INT64_MAX)
		return false;
	*ret = (int64_t)f.value;
	return true;
}

bool node_true(struct node n, uint32_t number, const char *name)
{
	struct protobuf_field f;
	if (!n.s.p)
		return false;
	if (n.json)
		return jsonview_true(jsonview_get(n.s, name));
	return protobuf_get(n.s, number, PROTOBUF_VARINT, &f) && f.value;
}

int node_enum(struct node n, uint32_t number, const char *name, const char *const *words)
{
	int64_t value = 0;
	int count = 0;
	if (!n.s.p)
		return 0;
	while (words[count])
		count++;
	span word = n.json ? jsonview_text(jsonview_get(n.s, name), n.arena, n.nomem) : SPAN_NONE;
	for (int i = 0; word.p && i < count; i++)
		if (span_eq(word, span_z(words[i])))
			return i;
	if (word.p)
		return -1;
	if (!node_int(n, number, name, &value))
		return 0;
	return value < count ? (int)value : -1;
}
