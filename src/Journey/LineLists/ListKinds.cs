namespace Qipan.LineLists;

/// <summary>What the rows of a list are. The numbers reach disk: append only.</summary>
public enum ListKind
{
    /// <summary>病例清单.</summary>
    Cases = 1,

    /// <summary>密接清单.</summary>
    Contacts = 2,

    /// <summary>传播关系清单: from whom to whom.</summary>
    Links = 3,
}

/// <summary>What became of a row. The numbers reach the wire: append only.</summary>
public enum ListVerdict
{
    Accepted = 1,

    /// <summary>The row was there and says something else now.</summary>
    Updated = 2,

    /// <summary>There already, with the same data.</summary>
    AlreadyHad = 3,

    Refused = 4,
}

/// <summary>Where a link of a list stands. The numbers reach disk: append only.</summary>
public enum ListLinkState
{
    /// <summary>One of its cases is not known yet; it is drawn when that case arrives.</summary>
    Waiting = 1,
    Drawn = 2,

    /// <summary>The cases came, and the link cannot be: it would close a circle, or one of them was ruled out.</summary>
    Refused = 3,

    /// <summary>The list names another source now.</summary>
    Withdrawn = 4,
}

/// <summary>How a list names a link. The numbers reach disk: append only.</summary>
public enum LinkSource
{
    /// <summary>A column of the case list names who passed it on.</summary>
    CaseColumn = 1,

    /// <summary>A list of its own.</summary>
    LinkList = 2,
}
