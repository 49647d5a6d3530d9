namespace Qipan.Engine;

/// <summary>Whose ids a book numbers. The numbers reach disk: append only.</summary>
public enum IdKind
{
    Visitor = 1,
    Place = 2,
}
