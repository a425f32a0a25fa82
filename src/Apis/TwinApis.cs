using System.Runtime.CompilerServices;

using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Apis;

/// <summary>What is known of a synchronous member whose name has an asynchronous twin.</summary>
internal enum TwinForm
{
    /// <summary>Nothing: it may do anything.</summary>
    Unknown,

    /// <summary>It waits for a disk, a network, a database, another process.</summary>
    Waits,

    /// <summary>It writes into a buffer, and waits when that is full.</summary>
    Buffers,

    /// <summary>It has nothing to wait for, or its twin does something else.</summary>
    Harmless,

    /// <summary>Its twin throws unless its settings say <c>Async = true</c>.</summary>
    AskedFor,
}

/// <summary>One member, or all of a type.</summary>
/// <param name="Type">The metadata name of the declaring type.</param>
/// <param name="Member">The member's name; <c>*</c> for all of them, and of types derived from it.</param>
/// <param name="Form">What is known of it.</param>
/// <param name="Package">The package that holds the type; null for the framework.</param>
internal sealed record TwinApi(string Type, string Member, TwinForm Form, string? Package = null) : IApiRow;

/// <summary>Knows what synchronous members wait for whose asynchronous twin could be awaited.</summary>
internal sealed class TwinApis
{
    private const string Io = "System.IO.";
    private const string Net = "System.Net.";
    private const string Data = "System.Data.Common.";
    private const string Ef = "Microsoft.EntityFrameworkCore";
    private const string EfFacade = Ef + ".Infrastructure.DatabaseFacade";

    private static readonly ConditionalWeakTable<KnownTypes, TwinApis> ByTypes = new();

    // What looks into a collection, and what puts something where others take it.
    private static readonly HashSet<string> Quick = new(StringComparer.Ordinal)
    {
        "TryGetValue", "ContainsKey", "GetValueOrDefault", "Contains", "Spawn", "TryWrite", "Enqueue", "Post",
    };

    private readonly ApiRows<TwinApi> _rows;

    private TwinApis(KnownTypes types) => _rows = new(types.Compilation, Rows);

    public static ImmutableArray<TwinApi> Rows { get; } = ImmutableArray.Create<TwinApi>(
        new(Io + "MemoryStream", "*", TwinForm.Harmless),
        new(Io + "UnmanagedMemoryStream", "*", TwinForm.Harmless),
        new(Io + "StringReader", "*", TwinForm.Harmless),
        new(Io + "StringWriter", "*", TwinForm.Harmless),
        new(Io + "Compression.BrotliStream", "*", TwinForm.Buffers),
        new(Io + "Compression.DeflateStream", "*", TwinForm.Buffers),
        new(Io + "Compression.GZipStream", "*", TwinForm.Buffers),
        new(Io + "Compression.ZLibStream", "*", TwinForm.Buffers),
        new("System.Security.Cryptography.CryptoStream", "*", TwinForm.Buffers),
        new(Io + "Stream", "Read", TwinForm.Waits),
        new(Io + "Stream", "ReadAtLeast", TwinForm.Waits),
        new(Io + "Stream", "ReadExactly", TwinForm.Waits),
        new(Io + "Stream", "Write", TwinForm.Waits),
        new(Io + "Stream", "CopyTo", TwinForm.Waits),
        new(Io + "Stream", "Flush", TwinForm.Waits),
        new(Io + "TextReader", "Read", TwinForm.Buffers),
        new(Io + "TextReader", "ReadBlock", TwinForm.Waits),
        new(Io + "TextReader", "ReadLine", TwinForm.Waits),
        new(Io + "TextReader", "ReadToEnd", TwinForm.Waits),
        new(Io + "TextWriter", "Write", TwinForm.Buffers),
        new(Io + "TextWriter", "WriteLine", TwinForm.Buffers),
        new(Io + "TextWriter", "Flush", TwinForm.Waits),
        new(Io + "File", "ReadAllBytes", TwinForm.Waits),
        new(Io + "File", "ReadAllLines", TwinForm.Waits),
        new(Io + "File", "ReadAllText", TwinForm.Waits),
        new(Io + "File", "WriteAllBytes", TwinForm.Waits),
        new(Io + "File", "WriteAllLines", TwinForm.Waits),
        new(Io + "File", "WriteAllText", TwinForm.Waits),
        new(Io + "File", "AppendAllLines", TwinForm.Waits),
        new(Io + "File", "AppendAllText", TwinForm.Waits),
        new(Io + "RandomAccess", "Read", TwinForm.Waits),
        new(Io + "RandomAccess", "Write", TwinForm.Waits),
        new(Io + "Pipelines.PipeReader", "Complete", TwinForm.Harmless, "Microsoft.AspNetCore.App"),
        new(Io + "Pipes.NamedPipeServerStream", "WaitForConnection", TwinForm.Waits),
        new(Io + "Pipes.NamedPipeClientStream", "Connect", TwinForm.Waits),
        new(Net + "Dns", "GetHostAddresses", TwinForm.Waits),
        new(Net + "Dns", "GetHostEntry", TwinForm.Waits),
        new(Net + "WebRequest", "GetResponse", TwinForm.Waits),
        new(Net + "WebRequest", "GetRequestStream", TwinForm.Waits),
        new(Net + "Http.HttpClient", "Send", TwinForm.Waits),
        new(Net + "Http.HttpMessageInvoker", "Send", TwinForm.Waits),
        new(Net + "Http.HttpContent", "ReadAsStream", TwinForm.Waits),
        new(Net + "HttpListener", "GetContext", TwinForm.Waits),
        new(Net + "Security.SslStream", "AuthenticateAsClient", TwinForm.Waits),
        new(Net + "Security.SslStream", "AuthenticateAsServer", TwinForm.Waits),
        new(Net + "Sockets.Socket", "Accept", TwinForm.Waits),
        new(Net + "Sockets.Socket", "Connect", TwinForm.Waits),
        new(Net + "Sockets.Socket", "Receive", TwinForm.Waits),
        new(Net + "Sockets.Socket", "ReceiveFrom", TwinForm.Waits),
        new(Net + "Sockets.Socket", "Send", TwinForm.Waits),
        new(Net + "Sockets.Socket", "SendTo", TwinForm.Waits),
        new(Net + "Sockets.Socket", "SendFile", TwinForm.Waits),
        new(Net + "Sockets.TcpClient", "Connect", TwinForm.Waits),
        new(Net + "Sockets.TcpListener", "AcceptSocket", TwinForm.Waits),
        new(Net + "Sockets.TcpListener", "AcceptTcpClient", TwinForm.Waits),
        new(Net + "Sockets.UdpClient", "Send", TwinForm.Waits),
        new(Data + "DbConnection", "Open", TwinForm.Waits),
        new(Data + "DbConnection", "ChangeDatabase", TwinForm.Waits),
        new(Data + "DbConnection", "BeginTransaction", TwinForm.Waits),
        new(Data + "DbCommand", "ExecuteNonQuery", TwinForm.Waits),
        new(Data + "DbCommand", "ExecuteReader", TwinForm.Waits),
        new(Data + "DbCommand", "ExecuteScalar", TwinForm.Waits),
        new(Data + "DbCommand", "Prepare", TwinForm.Waits),
        new(Data + "DbDataReader", "Read", TwinForm.Waits),
        new(Data + "DbDataReader", "NextResult", TwinForm.Waits),
        new(Data + "DbDataReader", "*", TwinForm.Harmless),
        new(Data + "DbTransaction", "Commit", TwinForm.Waits),
        new(Data + "DbTransaction", "Rollback", TwinForm.Waits),
        new("System.Text.Json.JsonSerializer", "Serialize", TwinForm.Waits),
        new("System.Text.Json.JsonSerializer", "Deserialize", TwinForm.Waits),
        new("System.Text.Json.JsonDocument", "Parse", TwinForm.Waits),
        new("System.Text.Json.Utf8JsonWriter", "*", TwinForm.Harmless),
        new("System.Xml.XmlReader", "*", TwinForm.AskedFor),
        new("System.Xml.XmlWriter", "*", TwinForm.AskedFor),
        new("System.Threading.CancellationTokenSource", "Cancel", TwinForm.Harmless),
        new("System.Threading.CancellationTokenRegistration", "*", TwinForm.Harmless),
        new("System.Threading.SemaphoreSlim", "*", TwinForm.Harmless),
        new("System.Threading.Tasks.Task", "*", TwinForm.Harmless),
        new("System.Threading.Timer", "*", TwinForm.Harmless),
        new("System.Threading.Tasks.Parallel", "*", TwinForm.Harmless),
        new("ScopedTasks.TaskGroup", "*", TwinForm.Harmless),
        new("ScopedTasks.CoroutineGroup", "*", TwinForm.Harmless),
        new("Microsoft.JSInterop.JSInProcessRuntimeExtensions", "*", TwinForm.Harmless, "Microsoft.AspNetCore.App"),
        new("Microsoft.JSInterop.IJSInProcessRuntime", "*", TwinForm.Harmless, "Microsoft.AspNetCore.App"),
        new("Microsoft.AspNetCore.Builder.WebApplication", "Run", TwinForm.Harmless, "Microsoft.AspNetCore.App"),
        new("Microsoft.Extensions.Hosting.HostingAbstractionsHostExtensions",
            "Run", TwinForm.Harmless, "Microsoft.AspNetCore.App"),
        new("Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions",
            "*", TwinForm.Harmless, "Microsoft.AspNetCore.App"),
        new(Ef + ".DbContext", "SaveChanges", TwinForm.Waits, Ef),
        new(Ef + ".DbContext", "Find", TwinForm.Waits, Ef),
        new(Ef + ".DbContext", "Add", TwinForm.Harmless, Ef),
        new(Ef + ".DbContext", "AddRange", TwinForm.Harmless, Ef),
        new(Ef + ".DbSet`1", "Find", TwinForm.Waits, Ef),
        new(Ef + ".DbSet`1", "Add", TwinForm.Harmless, Ef),
        new(Ef + ".DbSet`1", "AddRange", TwinForm.Harmless, Ef),
        new(Ef + ".IDbContextFactory`1", "CreateDbContext", TwinForm.Harmless, Ef),
        new(EfFacade, "EnsureCreated", TwinForm.Waits, Ef),
        new(EfFacade, "EnsureDeleted", TwinForm.Waits, Ef),
        new(EfFacade, "BeginTransaction", TwinForm.Waits, Ef),
        new("FluentValidation.IValidator`1", "Validate", TwinForm.Harmless, "FluentValidation"),
        new("FluentValidation.AbstractValidator`1", "Validate", TwinForm.Harmless, "FluentValidation"),
        new("Microsoft.Data.Sqlite.SqliteConnection", "*", TwinForm.Harmless, "SQLite"),
        new("Microsoft.Data.Sqlite.SqliteCommand", "*", TwinForm.Harmless, "SQLite"),
        new("Microsoft.Data.Sqlite.SqliteDataReader", "*", TwinForm.Harmless, "SQLite"),
        new("Microsoft.Data.Sqlite.SqliteTransaction", "*", TwinForm.Harmless, "SQLite"),
        new("System.Data.SQLite.SQLiteConnection", "*", TwinForm.Harmless, "SQLite"),
        new("System.Data.SQLite.SQLiteCommand", "*", TwinForm.Harmless, "SQLite"),
        new("System.Data.SQLite.SQLiteDataReader", "*", TwinForm.Harmless, "SQLite"),
        new("System.Data.SQLite.SQLiteTransaction", "*", TwinForm.Harmless, "SQLite"));

    /// <summary>Whether a method of that name, whoever declares it, has nothing to wait for.</summary>
    public static bool LooksQuick(string methodName) => Quick.Contains(methodName);

    public static TwinApis Of(KnownTypes types) => ByTypes.GetValue(types, static types => new TwinApis(types));

    /// <summary>Whether a value of exactly that type lives in memory.</summary>
    public bool IsInMemory(ITypeSymbol type) =>
        _rows.Of(type as INamedTypeSymbol, "*") is { Form: TwinForm.Harmless, Type: var name }
        && name.StartsWith(Io, StringComparison.Ordinal);

    /// <summary>What is known of a method, called on a value of that type.</summary>
    public TwinForm Of(IMethodSymbol method, ITypeSymbol? receiver)
    {
        if (method is { Name: "Dispose" or "Close", Parameters.IsEmpty: true })
        {
            return TwinForm.Harmless;
        }

        for (var type = receiver as INamedTypeSymbol; type is not null; type = type.BaseType)
        {
            if (_rows.Of(type, method.Name) is { } row)
            {
                return row.Form;
            }
        }

        for (var current = method; current is not null; current = current.OverriddenMethod)
        {
            if (_rows.Of(current.ContainingType, method.Name) is { } row)
            {
                return row.Form;
            }
        }

        return TwinForm.Unknown;
    }
}
