"""What turns WeasyPrint's PDF/A-3a into a document that is PDF/UA-1 as well.

The library writes one variant per file. Source: ISO 14289-1 (Matterhorn protocol), ISO 19005-3; checked with veraPDF.
"""

from typing import Any

from printing.pdf.tags import Joining

# Says that the file claims PDF/UA-1, and describes the property as PDF/A demands (extension schema).
UA_METADATA = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA version identifier</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""
RDF_END = b"</rdf:RDF>"


def claim_ua(metadata: Any) -> None:
    """Let the document's metadata say PDF/UA-1 inside the RDF block that the library writes."""
    generate = metadata.generate_rdf_metadata

    def with_ua(*arguments: Any) -> bytes:
        rdf: bytes = generate(*arguments).rstrip()
        return rdf.removesuffix(RDF_END) + UA_METADATA + RDF_END

    metadata.generate_rdf_metadata = with_ua


def finish(_document: Any, pdf: Any) -> None:
    """Finisher of ``write_pdf``: one tag for each element, scopes of heads, margins as artifacts, readable metadata."""

    def resolve(reference: Any) -> Any:
        if isinstance(reference, bytes | str):
            return pdf.objects[int(reference.split()[0])]
        return reference

    root = resolve(pdf.catalog["StructTreeRoot"])
    Joining(pdf).join(root)
    reachable = _give_scopes(root, resolve)
    resolve(pdf.catalog["Metadata"]).compress = False
    _mark_artifacts(pdf, root, reachable, resolve)


def _give_scopes(root: Any, resolve: Any) -> set[bytes]:
    """Write /Scope on head cells without one; return every structure element that the tree reaches."""
    reachable: set[bytes] = set()
    waiting: list[tuple[Any, str | None]] = [(reference, None) for reference in root["K"]]
    while waiting:
        reference, part = waiting.pop()
        element = resolve(reference)
        if not isinstance(element, dict) or element.get("Type") != "/StructElem":
            continue
        reachable.add(bytes(reference))
        kind = element["S"]
        if kind in ("/THead", "/TBody", "/TFoot"):
            part = kind
        attributes = element.get("A")
        if kind == "/TH" and isinstance(attributes, dict) and "Scope" not in attributes:
            attributes["Scope"] = "/Column" if part == "/THead" else "/Row"
        waiting.extend((kid, part) for kid in element["K"] if isinstance(kid, bytes | str))
    return reachable


def _mark_artifacts(pdf: Any, root: Any, reachable: set[bytes], resolve: Any) -> None:
    """Running heads and page numbers stand outside the tree: they become pagination artifacts."""
    import pydyf

    numbers = resolve(root["ParentTree"])["Nums"]
    parents = {numbers[i]: numbers[i + 1] for i in range(0, len(numbers), 2) if isinstance(numbers[i + 1], pydyf.Array)}
    for reference in pdf.page_references:
        page = resolve(reference)
        operators = resolve(page["Contents"]).stream
        parent = parents.get(page.get("StructParents"))
        if parent is None:
            continue
        dead = {mark for mark, kid in enumerate(parent) if bytes(kid) not in reachable}
        for index, operator in enumerate(operators):
            if isinstance(operator, pydyf.Dictionary) and operator.get("MCID") in dead:
                operators[index - 1], operators[index] = b"/Artifact", b"<</Type/Pagination>>"
        for mark in dead:
            parent[mark] = "null"
