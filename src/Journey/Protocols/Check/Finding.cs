using System.Globalization;

namespace Qipan.Protocols;

/// <summary>One thing that is wrong in a protocol's file.</summary>
/// <param name="File">As it was named.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Path">Into the document, as <c>quarantine.close[0].tests</c>; empty for the document itself.</param>
/// <param name="Code">Stable name of the kind of mistake.</param>
/// <param name="Sentence">What is wrong and what to do.</param>
public sealed record Finding(string File, int Line, int Column, string Path, string Code, string Sentence)
{
    /// <summary><c>file:line:column: sentence [code]</c>, which editors open at a click.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}:{Column}: {Sentence} [{Code}]");
}
