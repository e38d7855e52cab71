/* pdfa.c - see pdfa.h */
#include "pdfa.h"
#include "base/time.h"
#include <lcms2.h>
#include <qpdf/qpdf-c.h>
#include <stdlib.h>

#define GLYPHS_MAX 65536

static void set(qpdf_data q, qpdf_oh dictionary, const char *key, qpdf_oh value)
{
	qpdf_oh_replace_key(q, dictionary, key, value);
}

static qpdf_oh new_stream(qpdf_data q, span bytes)
{
	qpdf_oh s = qpdf_oh_new_stream(q);
	qpdf_oh_replace_stream_data(q, s, (const unsigned char *)bytes.p, bytes.n,
				    qpdf_oh_new_null(q), qpdf_oh_new_null(q));
	return s;
}

/* The sRGB profile as version 2.1, with its date and id fixed. */
static int profile(struct buf *ret, struct err *err)
{
	cmsUInt32Number n = 0;
	cmsHPROFILE p = cmsCreate_sRGBProfile();
	if (p)
		cmsSetProfileVersion(p, 2.1);
	unsigned char *icc = p && cmsSaveProfileToMem(p, NULL, &n) && n > 128 ? malloc(n) : NULL;
	bool saved = icc && cmsSaveProfileToMem(p, icc, &n);
	if (saved) {
		static const unsigned char date[12] = { 0x07, 0xd0, 0, 1, 0, 1 };
		memcpy(icc + 24, date, sizeof date); /* 2000-01-01 */
		memset(icc + 84, 0, 16);             /* id */
		buf_add(ret, (span){ (const char *)icc, n });
	}
	free(icc);
	if (p)
		cmsCloseProfile(p);
	return saved ? 0 : err_set(err, E_NOMEM, "The colour profile could not be made.");
}

static void metadata(struct buf *b, const char *title, const char *producer, int64_t date)
{
	char when[25];
	time_format(date, when);
	memcpy(when + 19, "Z", 2);
	buf_addf(b,
		 "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
		 "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
		 "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
		 "<rdf:Description rdf:about=\"\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">"
		 "<pdfaid:part>1</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>"
		 "</rdf:Description>\n"
		 "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">"
		 "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">%s</rdf:li></rdf:Alt>"
		 "</dc:title></rdf:Description>\n"
		 "<rdf:Description rdf:about=\"\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">"
		 "<xmp:CreateDate>%s</xmp:CreateDate></rdf:Description>\n"
		 "<rdf:Description rdf:about=\"\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">"
		 "<pdf:Producer>%s</pdf:Producer></rdf:Description>\n"
		 "</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>",
		 title, when, producer);
}

static int add_head(qpdf_data q, const char *title, int64_t date, struct err *err)
{
	struct buf xmp = { 0 }, icc = { 0 };
	const char *producer = qpdf_get_info_key(q, "/Producer");
	qpdf_oh root = qpdf_get_root(q);
	metadata(&xmp, title, producer ? producer : "", date);
	int rc = profile(&icc, err);
	if (!rc && (xmp.failed || icc.failed))
		rc = err_set(err, E_NOMEM, "Memory ran out.");
	if (!rc) {
		qpdf_oh m = new_stream(q, buf_span(&xmp)), dictionary = qpdf_oh_get_dict(q, m);
		set(q, dictionary, "/Type", qpdf_oh_new_name(q, "/Metadata"));
		set(q, dictionary, "/Subtype", qpdf_oh_new_name(q, "/XML"));
		set(q, root, "/Metadata", m);
		qpdf_oh s = new_stream(q, buf_span(&icc));
		set(q, qpdf_oh_get_dict(q, s), "/N", qpdf_oh_new_integer(q, 3));
		qpdf_oh intent = qpdf_oh_parse(
			q, "<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier "
			   "(sRGB IEC61966-2.1) /Info (sRGB) >>");
		set(q, intent, "/DestOutputProfile", s);
		qpdf_oh list = qpdf_oh_new_array(q);
		qpdf_oh_append_item(q, list, intent);
		set(q, root, "/OutputIntents", list);
	}
	buf_free(&xmp);
	buf_free(&icc);
	return rc;
}

/* How many glyphs the widths of a font know: [first [w w ...] ...] or [first last w ...]. */
static int glyph_count(qpdf_data q, qpdf_oh widths)
{
	int most = 0, n = qpdf_oh_is_array(q, widths) ? qpdf_oh_get_array_n_items(q, widths) : 0;
	for (int i = 0; i + 1 < n; i += 2) {
		int first = qpdf_oh_get_int_value_as_int(q, qpdf_oh_get_array_item(q, widths, i));
		qpdf_oh list = qpdf_oh_get_array_item(q, widths, i + 1);
		int end = qpdf_oh_is_array(q, list) ? first + qpdf_oh_get_array_n_items(q, list)
						    : first + 1;
		most = end > most ? end : most;
	}
	return most < GLYPHS_MAX ? most : GLYPHS_MAX;
}

static void complete_font(qpdf_data q, qpdf_oh font)
{
	unsigned char bits[GLYPHS_MAX / 8] = { 0 };
	int n = glyph_count(q, qpdf_oh_get_key(q, font, "/W"));
	set(q, font, "/CIDToGIDMap", qpdf_oh_new_name(q, "/Identity"));
	for (int i = 0; i < n; i++)
		bits[i / 8] = (unsigned char)(bits[i / 8] | 0x80 >> i % 8);
	set(q, qpdf_oh_get_key(q, font, "/FontDescriptor"), "/CIDSet",
	    new_stream(q, (span){ (const char *)bits, (size_t)(n + 7) / 8 }));
}

static void complete_fonts(qpdf_data q)
{
	int n = qpdf_oh_get_int_value_as_int(q, qpdf_oh_get_key(q, qpdf_get_trailer(q), "/Size"));
	for (int id = 1; id < n; id++) {
		qpdf_oh o = qpdf_get_object_by_id(q, id, 0);
		if (qpdf_oh_is_dictionary(q, o) && qpdf_oh_has_key(q, o, "/Subtype") &&
		    strcmp(qpdf_oh_get_name(q, qpdf_oh_get_key(q, o, "/Subtype")),
			   "/CIDFontType2") == 0)
			complete_font(q, o);
	}
}

static void flatten_pages(qpdf_data q)
{
	int n = qpdf_get_num_pages(q);
	for (int i = 0; i < n; i++)
		qpdf_oh_remove_key(q, qpdf_get_page_n(q, (size_t)i), "/Group");
}

static int convert(qpdf_data q, struct buf *ret, span pdf, const char *title, int64_t date,
		   struct err *err)
{
	qpdf_set_suppress_warnings(q, QPDF_TRUE);
	qpdf_silence_errors(q);
	if (qpdf_read_memory(q, "document", pdf.p, pdf.n, NULL) & QPDF_ERRORS)
		return err_set(err, E_FORMAT,
			       "The document that was drawn could not be read back.");
	int rc = add_head(q, title, date, err);
	if (rc)
		return rc;
	flatten_pages(q);
	complete_fonts(q);
	if (qpdf_init_write_memory(q) & QPDF_ERRORS)
		return err_set(err, E_NOMEM, "The document could not be written.");
	qpdf_set_deterministic_ID(q, QPDF_TRUE);
	qpdf_set_object_stream_mode(q, qpdf_o_disable);
	qpdf_set_newline_before_endstream(q, QPDF_TRUE);
	qpdf_force_pdf_version(q, "1.4");
	qpdf_set_compress_streams(q, QPDF_TRUE);
	if ((qpdf_write(q) & QPDF_ERRORS) || qpdf_has_error(q))
		return err_set(err, E_FORMAT, "The document could not be made into PDF/A.");
	buf_add(ret, (span){ (const char *)qpdf_get_buffer(q), qpdf_get_buffer_length(q) });
	return ret->failed ? err_set(err, E_NOMEM, "Memory ran out.") : 0;
}

int pdfa_make(struct buf *ret, span pdf, const char *title, int64_t date, struct err *err)
{
	qpdf_data q = qpdf_init();
	if (!q)
		return err_set(err, E_NOMEM, "Memory ran out.");
	int rc = convert(q, ret, pdf, title, date, err);
	qpdf_cleanup(&q);
	return rc;
}
