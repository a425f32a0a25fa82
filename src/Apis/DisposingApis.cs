using System.Runtime.CompilerServices;

using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Apis;

/// <summary>One type, or what one member gives, whose disposal waits for nothing.</summary>
/// <param name="Type">The metadata name of the type.</param>
/// <param name="Member">The member that gives it, or its asynchronous twin; null where the type is meant.</param>
/// <param name="Package">The package that holds the type; null for the framework.</param>
internal sealed record DisposingApi(string Type, string? Member = null, string? Package = null);

/// <summary>Knows what may be disposed by a plain <c>using</c>, although it has <c>DisposeAsync</c>.</summary>
internal sealed class DisposingApis
{
    private static readonly ConditionalWeakTable<KnownTypes, DisposingApis> ByTypes = new();

    private readonly HashSet<INamedTypeSymbol> _types = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _members = new(SymbolEqualityComparer.Default);
    private readonly HashSet<INamedTypeSymbol> _defaults = new(SymbolEqualityComparer.Default);

    private DisposingApis(KnownTypes types)
    {
        foreach (var row in Rows)
        {
            if (types.Compilation.GetBestTypeByMetadataName(row.Type) is { } type)
            {
                if (row.Member is null)
                {
                    _types.Add(type);
                }
                else
                {
                    _members.UnionWith(type.GetMembers(row.Member));
                    _members.UnionWith(type.GetMembers(row.Member + "Async"));
                }
            }
        }

        foreach (var row in Defaults)
        {
            if (types.Compilation.GetBestTypeByMetadataName(row.Type) is { } type)
            {
                _defaults.Add(type);
            }
        }
    }

    /// <summary>What has nothing to wait for when it is disposed.</summary>
    public static ImmutableArray<DisposingApi> Rows { get; } = ImmutableArray.Create<DisposingApi>(
        new("System.Threading.CancellationTokenRegistration"),
        new("System.Threading.Timer"),
        new("System.Threading.ITimer"),
        new("ScopedTasks.TcpConnection"),
        new("System.Text.Json.Utf8JsonWriter"),
        new("System.Data.Common.DbBatch"),
        new("System.Data.Common.DbCommand"),
        new("System.IO.File", "OpenRead"),
        new("System.IO.FileInfo", "OpenRead"),
        new("System.Reflection.Assembly", "GetManifestResourceStream"),
        new("System.IO.Compression.ZipArchiveEntry", "Open"),
        new("System.IO.Compression.ZipFile", "OpenRead"),
        new("System.Net.Http.HttpContent", "ReadAsStreamAsync"),
        new("System.Net.Http.HttpContent", "ReadAsStream"),
        new("System.Net.Http.HttpClient", "GetStreamAsync"),
        new("Microsoft.Data.Sqlite.SqliteConnection", Package: "SQLite"),
        new("Microsoft.Data.Sqlite.SqliteCommand", Package: "SQLite"),
        new("Microsoft.Data.Sqlite.SqliteDataReader", Package: "SQLite"),
        new("Microsoft.Data.Sqlite.SqliteTransaction", Package: "SQLite"));

    /// <summary>Types whose <c>DisposeAsync</c>, where nobody overrides it, only calls <c>Dispose</c>.</summary>
    public static ImmutableArray<DisposingApi> Defaults { get; } = ImmutableArray.Create<DisposingApi>(
        new("System.IO.Stream"),
        new("System.IO.TextWriter"),
        new("System.Data.Common.DbConnection"),
        new("System.Data.Common.DbCommand"),
        new("System.Data.Common.DbDataReader"),
        new("System.Data.Common.DbTransaction"));

    public static DisposingApis Of(KnownTypes types) =>
        ByTypes.GetValue(types, static types => new DisposingApis(types));

    /// <summary>Whether values of the type have nothing to wait for.</summary>
    public bool IsHarmless(ITypeSymbol type) => type is INamedTypeSymbol named && _types.Contains(named);

    /// <summary>Whether what the member gives has nothing to wait for.</summary>
    /// <remarks>What is only read has nothing to flush, whoever opens it: <c>OpenReadStreamAsync</c>.</remarks>
    public bool GivesHarmless(ISymbol member) =>
        _members.Contains(member.OriginalDefinition)
        || member.Name.StartsWith("OpenRead", StringComparison.Ordinal);

    /// <summary>Whether that type's <c>DisposeAsync</c>, not overridden, only calls <c>Dispose</c>.</summary>
    public bool OnlyDisposes(INamedTypeSymbol type) => _defaults.Contains(type);
}
