namespace ScopedTasks.Analyzers.Catalogue;

/// <summary>The families of rules: each is a diagnostic category, a folder of rules and a hundred of ids.</summary>
internal static class Families
{
    public const string LostTasks = nameof(LostTasks);
    public const string Blocking = nameof(Blocking);
    public const string Cold = nameof(Cold);
    public const string Spawning = nameof(Spawning);
    public const string Cancellation = nameof(Cancellation);
    public const string Scopes = nameof(Scopes);
    public const string Configuration = nameof(Configuration);
}
