namespace Seeds;

/// <summary>Says which row of the seed documents a program is, and what it shows.</summary>
/// <param name="id">The document and the row, as S0-07.</param>
/// <param name="title">What it shows, in a sentence.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class RowAttribute(string id, string title) : Attribute
{
    /// <summary>The document and the row.</summary>
    public string Id => id;

    /// <summary>What it shows.</summary>
    public string Title => title;

    /// <summary>Whether the program is about real time, real sockets or real signals.</summary>
    public bool IsReal { get; init; }
}
