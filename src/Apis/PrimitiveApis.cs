using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Apis;

/// <summary>What a member waits for, which decides where it is left alone and what is written instead.</summary>
internal enum PrimitiveForm
{
    /// <summary>A signal, a thread, a condition: whatever has nothing to be written instead.</summary>
    Signal,

    /// <summary>Time.</summary>
    Sleep,

    /// <summary>Room in a semaphore that can be awaited.</summary>
    Semaphore,

    /// <summary>A lock that belongs to its thread.</summary>
    Lock,

    /// <summary>The items of a sequence: what blocks is walking it.</summary>
    Sequence,

    /// <summary>Work that this thread takes part in.</summary>
    Parallel,

    /// <summary>Somebody who types.</summary>
    Keyboard,

    /// <summary>The end of a process.</summary>
    Process,
}

/// <summary>One member that holds its thread.</summary>
/// <param name="Type">The metadata name of the declaring type.</param>
/// <param name="Member">The member's name.</param>
/// <param name="Form">What it waits for.</param>
/// <param name="Until">How long it blocks, as a message says it.</param>
/// <param name="Instead">What to do instead, as a message says it.</param>
/// <param name="Parameter">The type name of a parameter that picks the overloads which wait; null for all.</param>
internal sealed record PrimitiveApi(
    string Type, string Member, PrimitiveForm Form, string Until, string Instead, string? Parameter = null);

/// <summary>Knows which members hold the thread, other than by waiting for a task; users add their own.</summary>
internal sealed class PrimitiveApis
{
    /// <summary>What to use where a lock is held for long.</summary>
    public const string AsyncLock = "use a lock that can be awaited, such as a 'SemaphoreSlim' of 1";

    private const string Threading = "System.Threading.";
    private const string Queue = "System.Collections.Concurrent.BlockingCollection`1";
    private const string ReaderWriter = Threading + "ReaderWriterLockSlim";
    private const string OldReaderWriter = Threading + "ReaderWriterLock";
    private const string Process = "System.Diagnostics.Process";

    private const string Blocking = "BlockingAttribute";
    private const string NonBlocking = "NonBlockingAttribute";

    private const string Signalled = "until it is signalled";
    private const string Signal = "await a 'TaskCompletionSource' or a 'SemaphoreSlim' instead";
    private const string Arrived = "until an item is there";
    private const string Channel = "use a 'Channel' and await 'ReadAsync'";
    private const string Free = "until the lock is free";
    private const string Done = "until all of it has run";
    private const string Pool = "await it on the thread pool with 'Task.Run'";
    private const string Typed = "until somebody types";

    private static readonly ConditionalWeakTable<Compilation, PrimitiveApis> ByCompilation = new();

    private readonly Dictionary<ISymbol, PrimitiveApi> _rows = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, Member> _members = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IAssemblySymbol, bool> _marking = new(SymbolEqualityComparer.Default);
    private readonly Func<ISymbol, Member> _describe;

    private PrimitiveApis(Compilation compilation)
    {
        _describe = Describe;
        foreach (var row in Rows)
        {
            if (compilation.GetBestTypeByMetadataName(row.Type) is not { } type)
            {
                continue;
            }

            foreach (var member in type.GetMembers(row.Member))
            {
                if (row.Parameter is null || Takes(member, row.Parameter))
                {
                    _rows[member] = row;
                }
            }
        }
    }

    public static ImmutableArray<PrimitiveApi> Rows { get; } = ImmutableArray.Create<PrimitiveApi>(
        new(Threading + "Thread", "Sleep", PrimitiveForm.Sleep, "until the time is over", "use 'await Task.Delay'"),
        new(
            Threading + "Thread",
            "Join",
            PrimitiveForm.Signal,
            "until the other one has ended",
            "let the thread complete a 'TaskCompletionSource', and await that"),
        new(
            Threading + "SemaphoreSlim",
            "Wait",
            PrimitiveForm.Semaphore,
            "until the semaphore lets it in",
            "use 'await WaitAsync'"),
        new(Threading + "ManualResetEventSlim", "Wait", PrimitiveForm.Signal, Signalled, Signal),
        new(Threading + "WaitHandle", "WaitOne", PrimitiveForm.Signal, Signalled, Signal),
        new(Threading + "WaitHandle", "WaitAny", PrimitiveForm.Signal, "until one is signalled", Signal),
        new(Threading + "WaitHandle", "WaitAll", PrimitiveForm.Signal, "until all are signalled", Signal),
        new(Threading + "WaitHandle", "SignalAndWait", PrimitiveForm.Signal, Signalled, Signal),
        new(
            Threading + "CountdownEvent",
            "Wait",
            PrimitiveForm.Signal,
            "until the count is down",
            "await the work itself with 'Task.WhenAll'"),
        new(
            Threading + "Barrier",
            "SignalAndWait",
            PrimitiveForm.Signal,
            "until all the others arrive",
            "await each phase with 'Task.WhenAll'"),
        new(
            Threading + "SpinWait",
            "SpinUntil",
            PrimitiveForm.Signal,
            "until the condition holds",
            "await whatever makes it hold"),
        new(Threading + "Monitor", "Wait", PrimitiveForm.Signal, "until another one pulses", Signal),
        new(Threading + "Monitor", "Enter", PrimitiveForm.Lock, Free, AsyncLock),
        new(Threading + "Monitor", "TryEnter", PrimitiveForm.Lock, Free, AsyncLock, "Int32"),
        new(Threading + "Monitor", "TryEnter", PrimitiveForm.Lock, Free, AsyncLock, "TimeSpan"),
        new(Threading + "Lock", "Enter", PrimitiveForm.Lock, Free, AsyncLock),
        new(Threading + "Lock", "EnterScope", PrimitiveForm.Lock, Free, AsyncLock),
        new(Threading + "Lock", "TryEnter", PrimitiveForm.Lock, Free, AsyncLock, "Int32"),
        new(Threading + "Lock", "TryEnter", PrimitiveForm.Lock, Free, AsyncLock, "TimeSpan"),
        new(ReaderWriter, "EnterReadLock", PrimitiveForm.Lock, Free, AsyncLock),
        new(ReaderWriter, "EnterWriteLock", PrimitiveForm.Lock, Free, AsyncLock),
        new(ReaderWriter, "EnterUpgradeableReadLock", PrimitiveForm.Lock, Free, AsyncLock),
        new(ReaderWriter, "TryEnterReadLock", PrimitiveForm.Lock, Free, AsyncLock),
        new(ReaderWriter, "TryEnterWriteLock", PrimitiveForm.Lock, Free, AsyncLock),
        new(ReaderWriter, "TryEnterUpgradeableReadLock", PrimitiveForm.Lock, Free, AsyncLock),
        new(OldReaderWriter, "AcquireReaderLock", PrimitiveForm.Lock, Free, AsyncLock),
        new(OldReaderWriter, "AcquireWriterLock", PrimitiveForm.Lock, Free, AsyncLock),
        new(OldReaderWriter, "UpgradeToWriterLock", PrimitiveForm.Lock, Free, AsyncLock),
        new(Queue, "Take", PrimitiveForm.Signal, Arrived, Channel),
        new(Queue, "TakeFromAny", PrimitiveForm.Signal, Arrived, Channel),
        new(Queue, "TryTake", PrimitiveForm.Signal, Arrived, Channel, "Int32"),
        new(Queue, "TryTake", PrimitiveForm.Signal, Arrived, Channel, "TimeSpan"),
        new(Queue, "TryTakeFromAny", PrimitiveForm.Signal, Arrived, Channel, "Int32"),
        new(Queue, "TryTakeFromAny", PrimitiveForm.Signal, Arrived, Channel, "TimeSpan"),
        new(
            Queue,
            "GetConsumingEnumerable",
            PrimitiveForm.Sequence,
            "whenever no item is there",
            "use a 'Channel' and 'await foreach' over 'ReadAllAsync'"),
        new(
            "System.Threading.Tasks.TaskAsyncEnumerableExtensions",
            "ToBlockingEnumerable",
            PrimitiveForm.Sequence,
            "whenever no element is there",
            "use 'await foreach'"),
        new("System.Threading.Tasks.Parallel", "For", PrimitiveForm.Parallel, Done, Pool),
        new("System.Threading.Tasks.Parallel", "ForEach", PrimitiveForm.Parallel, Done, Pool),
        new("System.Threading.Tasks.Parallel", "Invoke", PrimitiveForm.Parallel, Done, Pool),
        new("System.Linq.ParallelEnumerable", "ForAll", PrimitiveForm.Parallel, Done, Pool),
        new("System.Console", "ReadLine", PrimitiveForm.Keyboard, Typed, Pool),
        new("System.Console", "ReadKey", PrimitiveForm.Keyboard, Typed, Pool),
        new("System.Console", "Read", PrimitiveForm.Keyboard, Typed, Pool),
        new(
            Process,
            "WaitForExit",
            PrimitiveForm.Process,
            "until the process has ended",
            "use 'await WaitForExitAsync'"),
        new(Process, "WaitForInputIdle", PrimitiveForm.Signal, "until the process is idle", Pool),
        new(
            "System.IO.FileSystemWatcher",
            "WaitForChanged",
            PrimitiveForm.Signal,
            "until a file changes",
            "await a 'TaskCompletionSource' that the events complete"));

    public static PrimitiveApis Of(Compilation compilation) =>
        ByCompilation.GetValue(compilation, static compilation => new PrimitiveApis(compilation));

    /// <summary>The row of a member, ours or the user's; null for the many that do not block.</summary>
    public PrimitiveApi? RowOf(ISymbol member, Options options)
    {
        member = member.OriginalDefinition;
        var (known, marked, isExempt) = _members.GetOrAdd(member, _describe);
        var row = known ?? Named(member, options) ?? marked;
        return row is null || isExempt || IsExempt(member, options) ? null : row;
    }

    // What does not depend on options is asked once of every member that is called.
    private Member Describe(ISymbol member) => MayBeMarked(member)
        ? new(
            Known(member),
            HasMark(member, Blocking) ? Users(member, Pool) : null,
            HasMark(member, NonBlocking))
        : new(Known(member), Marked: null, IsExempt: false);

    // Only an assembly that sees such an attribute can use it; to decode what others have on their members is dear.
    private bool MayBeMarked(ISymbol member)
    {
        for (var current = member; current is not null; current = OverriddenBy(current))
        {
            if (current.ContainingAssembly is { } assembly && _marking.GetOrAdd(assembly, Sees))
            {
                return true;
            }
        }

        return false;

        static bool Sees(IAssemblySymbol assembly) => !IsFramework(assembly)
            && (Declares(assembly) || assembly.Modules.Any(static module =>
                module.ReferencedAssemblySymbols.Any(static seen => !IsFramework(seen) && Declares(seen))));

        static bool Declares(IAssemblySymbol assembly) =>
            assembly.TypeNames.Contains(Blocking) || assembly.TypeNames.Contains(NonBlocking);

        static bool IsFramework(IAssemblySymbol assembly) =>
            assembly.Name is "mscorlib" or "netstandard" or "System"
            || assembly.Name.StartsWith("System.", StringComparison.Ordinal);
    }

    private PrimitiveApi? Known(ISymbol member)
    {
        for (var current = member; current is not null; current = OverriddenBy(current))
        {
            if (_rows.TryGetValue(current, out var row))
            {
                return row;
            }
        }

        return null;
    }

    private static PrimitiveApi? Named(ISymbol member, Options options)
    {
        foreach (var call in options.BlockingCalls)
        {
            if (call.Pattern.Matches(member))
            {
                return Users(member, call.Replacement is { } replacement ? $"use '{replacement}'" : Pool);
            }
        }

        return null;
    }

    private static PrimitiveApi Users(ISymbol member, string instead) =>
        new(member.ContainingType?.Name ?? "", member.Name, PrimitiveForm.Signal, "until it returns", instead);

    private static bool IsExempt(ISymbol member, Options options)
    {
        foreach (var pattern in options.NotBlocking)
        {
            if (pattern.Matches(member))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasMark(ISymbol member, string attribute)
    {
        for (var current = member; current is not null; current = OverriddenBy(current))
        {
            if (current.HasAttribute(attribute))
            {
                return true;
            }
        }

        return false;
    }

    private static ISymbol? OverriddenBy(ISymbol member) => member switch
    {
        IMethodSymbol method => method.OverriddenMethod?.OriginalDefinition,
        IPropertySymbol property => property.OverriddenProperty?.OriginalDefinition,
        _ => null,
    };

    private static bool Takes(ISymbol member, string parameter)
    {
        if (member is IMethodSymbol method)
        {
            foreach (var candidate in method.Parameters)
            {
                if (candidate.Type.Name == parameter)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>What is known of a member whatever the options say.</summary>
    /// <param name="Known">Our row.</param>
    /// <param name="Marked">What an attribute says.</param>
    /// <param name="IsExempt">Whether an attribute says that it does not block.</param>
    private readonly record struct Member(PrimitiveApi? Known, PrimitiveApi? Marked, bool IsExempt);
}
