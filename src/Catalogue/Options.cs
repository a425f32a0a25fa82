using System.Globalization;
using System.Runtime.CompilerServices;

namespace ScopedTasks.Analyzers.Catalogue;

/// <summary>Every .editorconfig key that we read, as read for one file; what cannot be read is left out.</summary>
internal sealed class Options
{
    public const string ObserversKey = "scoped_tasks.observers";
    public const string BlockingCallsKey = "scoped_tasks.blocking_calls";
    public const string NotBlockingKey = "scoped_tasks.not_blocking";
    public const string ColdTypesKey = "scoped_tasks.cold_types";
    public const string LifetimesKey = "scoped_tasks.lifetimes";
    public const string MaxConcurrencyKey = "scoped_tasks.max_concurrency";
    public const string MaxConnectionsKey = "scoped_tasks.max_connections";
    public const string PreferredFixKeyPrefix = "scoped_tasks.preferred_fix.";

    private const string OurPrefix = "scoped_tasks.";
    private const string Methods = "methods written 'Type.Method', with commas between them";
    private const string BlockingMethods =
        "methods written 'Type.Method' or 'Type.Method -> replacement', with commas between them";

    private const string Types = "types written 'Type' or 'Namespace.Type', with commas between them";

    private static readonly ConditionalWeakTable<AnalyzerConfigOptions, Options> ByFile = new();

    private readonly ImmutableDictionary<string, string> _preferredFixes;

    private Options(AnalyzerConfigOptions file)
    {
        var malformed = ImmutableArray.CreateBuilder<MalformedOption>();
        Observers = ReadList(file, ObserversKey, MethodPattern.Parse, Methods, malformed);
        BlockingCalls = ReadList(file, BlockingCallsKey, BlockingCallOption.Parse, BlockingMethods, malformed);
        NotBlocking = ReadList(file, NotBlockingKey, MethodPattern.Parse, Methods, malformed);
        ColdTypes = ReadList(file, ColdTypesKey, MethodPattern.Parse, Types, malformed);
        Lifetimes = ReadList(file, LifetimesKey, MethodPattern.Parse, Types, malformed);
        MaxConcurrency = ReadCount(file, MaxConcurrencyKey, 16, malformed);
        MaxConnections = ReadCount(file, MaxConnectionsKey, 1000, malformed);
        _preferredFixes = ReadPreferredFixes(file, malformed);
        FindUnknownKeys(file, malformed);
        Malformed = malformed.ToImmutable();
    }

    /// <summary>Every key, with <c>SCOPEnnn</c> standing for a rule's id.</summary>
    public static ImmutableArray<string> Keys { get; } = ImmutableArray.Create(
        ObserversKey,
        BlockingCallsKey,
        NotBlockingKey,
        ColdTypesKey,
        LifetimesKey,
        MaxConcurrencyKey,
        MaxConnectionsKey,
        PreferredFixKeyPrefix + "SCOPEnnn");

    /// <summary>Methods that take responsibility for the task which they are given or give.</summary>
    public ImmutableArray<MethodPattern> Observers { get; }

    /// <summary>Members that block, beside those that we know.</summary>
    public ImmutableArray<BlockingCallOption> BlockingCalls { get; }

    /// <summary>Members that do not block, although they look as if they did.</summary>
    public ImmutableArray<MethodPattern> NotBlocking { get; }

    /// <summary>Types whose values run nothing until somebody awaits them.</summary>
    public ImmutableArray<MethodPattern> ColdTypes { get; }

    /// <summary>Types whose values end with the request that they belong to.</summary>
    public ImmutableArray<MethodPattern> Lifetimes { get; }

    /// <summary>The limit that fixes write for loops.</summary>
    public int MaxConcurrency { get; }

    /// <summary>The limit that fixes write for loops that take connections.</summary>
    public int MaxConnections { get; }

    public ImmutableArray<MalformedOption> Malformed { get; }

    public static Options Of(AnalyzerConfigOptions file) => ByFile.GetValue(file, static file => new Options(file));

    public static Options Of(AnalyzerOptions options, SyntaxTree tree) =>
        Of(options.AnalyzerConfigOptionsProvider.GetOptions(tree));

    /// <summary>The plan that the user wants first at a rule's sites; null where nothing was said.</summary>
    public string? PreferredFix(string ruleId) => _preferredFixes.TryGetValue(ruleId, out var plan) ? plan : null;

    private static ImmutableArray<T> ReadList<T>(
        AnalyzerConfigOptions file,
        string key,
        Func<string, T?> parse,
        string right,
        ImmutableArray<MalformedOption>.Builder malformed)
        where T : class
    {
        if (!file.TryGetValue(key, out var value))
        {
            return ImmutableArray<T>.Empty;
        }

        var entries = ImmutableArray.CreateBuilder<T>();
        foreach (var part in value.Split(','))
        {
            var entry = part.Trim();
            if (parse(entry) is { } parsed)
            {
                entries.Add(parsed);
            }
            else if (entry.Length > 0)
            {
                malformed.Add(new(key, entry, right));
            }
        }

        return entries.ToImmutable();
    }

    private static int ReadCount(
        AnalyzerConfigOptions file, string key, int otherwise, ImmutableArray<MalformedOption>.Builder malformed)
    {
        if (!file.TryGetValue(key, out var value))
        {
            return otherwise;
        }

        if (int.TryParse(value.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0)
        {
            return count;
        }

        malformed.Add(new(key, value.Trim(), "a whole number, 1 or more"));
        return otherwise;
    }

    private static ImmutableDictionary<string, string> ReadPreferredFixes(
        AnalyzerConfigOptions file, ImmutableArray<MalformedOption>.Builder malformed)
    {
        var preferred = ImmutableDictionary<string, string>.Empty;
        foreach (var rule in Descriptors.All)
        {
            var key = PreferredFixKeyPrefix + rule.Id;
            if (!file.TryGetValue(key, out var value))
            {
                continue;
            }

            if (PlanNames.Find(rule.Id, value) is { } plan)
            {
                preferred = preferred.Add(rule.Id, plan);
            }
            else
            {
                malformed.Add(new(key, value.Trim(), PlanNames.Choices(rule.Id)));
            }
        }

        return preferred;
    }

    // Older compilers cannot list the keys; there a misspelt key goes unnoticed.
    private static void FindUnknownKeys(AnalyzerConfigOptions file, ImmutableArray<MalformedOption>.Builder malformed)
    {
        try
        {
            foreach (var key in file.Keys)
            {
                if (key.StartsWith(OurPrefix, StringComparison.OrdinalIgnoreCase) && !IsKnown(key))
                {
                    malformed.Add(new(key, key, $"one of the keys {string.Join(", ", Keys.Select(Quoted))}"));
                }
            }
        }
        catch (NotImplementedException)
        {
        }
    }

    private static string Quoted(string text) => $"'{text}'";

    private static bool IsKnown(string key) =>
        key.StartsWith(PreferredFixKeyPrefix, StringComparison.OrdinalIgnoreCase)
            ? Descriptors.All.Any(rule => key.EndsWith("." + rule.Id, StringComparison.OrdinalIgnoreCase))
            : Keys.Contains(key, StringComparer.OrdinalIgnoreCase);
}
