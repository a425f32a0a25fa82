namespace ScopedTasks.Analyzers.Catalogue;

/// <summary>Every rule's id, title, message, family and severity; the field's name is the rule's stem.</summary>
internal static class Descriptors
{
    public static readonly DiagnosticDescriptor MalformedOption = Rule(
        "SCOPE001",
        "An option of ScopedTasks cannot be read",
        messageFormat: "The option '{0}' in {1} cannot be read at '{2}' and leaves that out; right would be {3}",
        Families.Configuration,
        DiagnosticSeverity.Warning,
        "A value in .editorconfig that cannot be read is left out; the report stands in the file and says which key, "
        + "which entry and what would be right.");

    public static readonly DiagnosticDescriptor DroppedTask = Rule(
        "SCOPE101",
        "A started task is dropped",
        messageFormat: "'{0}' is started here and nobody waits for it: {1}",
        Families.LostTasks,
        DiagnosticSeverity.Warning,
        "A task that nobody joins outlives its caller and loses its exception. Await it, or run it in a task group "
        + "that waits for it.");

    public static readonly DiagnosticDescriptor DiscardedTask = Rule(
        "SCOPE102",
        "A started task is discarded",
        messageFormat: "'{0}' is started and let go: nobody waits for it, and {1}",
        Families.LostTasks,
        DiagnosticSeverity.Info,
        "A discard hides the compiler's warning, not the problem: the work outlives its caller and its exception is "
        + "lost. Give it an owner: a task group, or 'BackgroundTasks.Spawn'.");

    public static readonly DiagnosticDescriptor UnjoinedLocal = Rule(
        "SCOPE103",
        "A task in a local is never awaited",
        messageFormat: "'{0}' is started here and nobody waits for it: '{1}' {2}; {3}",
        Families.LostTasks,
        DiagnosticSeverity.Warning,
        "To keep a task in a local is not to wait for it: the work outlives its caller and its exception is lost. "
        + "Await it, or run it in a task group that waits for it.");

    public static readonly DiagnosticDescriptor UnjoinedPath = Rule(
        "SCOPE104",
        "A task is awaited on one path and lost on another",
        messageFormat: "'{0}' is started here and not awaited on every path: {1}; {2}",
        Families.LostTasks,
        DiagnosticSeverity.Warning,
        "On the path that leaves first nobody waits for the task: the work outlives its caller and its exception is "
        + "lost. A task group waits on every path, exceptions included.");

    public static readonly DiagnosticDescriptor OrphanedSibling = Rule(
        "SCOPE105",
        "Tasks that run at once are awaited one after another",
        messageFormat: "'{0}' runs beside '{1}', which is awaited first: when that fails, nobody waits for this one; "
            + "{2}",
        Families.LostTasks,
        DiagnosticSeverity.Info,
        "The failure of the task that is awaited first leaves the function while the others still run: nobody waits "
        + "for them, and their exceptions are lost. Await them together.");

    public static readonly DiagnosticDescriptor UnjoinedField = Rule(
        "SCOPE106",
        "A task in a field is never awaited",
        messageFormat: "'{0}' is started and kept in '{1}', and no member of '{2}' ever waits for it; {3}",
        Families.LostTasks,
        DiagnosticSeverity.Info,
        "To keep a task in a field is not to own it: when its object has ended the work still runs, and its exception "
        + "is lost. Await it where the object ends, or spawn it in a group that the object owns.");

    public static readonly DiagnosticDescriptor AbandonedRace = Rule(
        "SCOPE107",
        "The losers of a race are abandoned",
        messageFormat: "The losers among '{0}' are neither cancelled nor awaited; {1}",
        Families.LostTasks,
        DiagnosticSeverity.Info,
        "'Task.WhenAny' waits for the first task to end and does nothing about the others: they run on, and their "
        + "failures are lost. Cancel them, and wait for them.");

    public static readonly DiagnosticDescriptor AbandonedTimeout = Rule(
        "SCOPE108",
        "Work goes on after its timeout",
        messageFormat: "'{0}' goes on after the timeout of '{1}', and nobody waits for it then; {2}",
        Families.LostTasks,
        DiagnosticSeverity.Info,
        "A timeout that ends the wait does not end the work: it runs on, and its failure is lost. Cancel it, and wait "
        + "for it.");

    public static readonly DiagnosticDescriptor AsyncVoid = Rule(
        "SCOPE109",
        "An asynchronous method returns nothing",
        messageFormat: "'{0}' is 'async void': {1}; return 'Task'",
        Families.LostTasks,
        DiagnosticSeverity.Warning,
        "Nobody can wait for an 'async void' method, and no caller can catch what it throws: an exception ends the "
        + "process. Return 'Task'.");

    public static readonly DiagnosticDescriptor AsyncVoidDelegate = Rule(
        "SCOPE110",
        "An asynchronous function becomes a delegate that returns nothing",
        messageFormat: "'{0}' becomes '{1}', which returns nothing to wait for: {2}; {3}",
        Families.LostTasks,
        DiagnosticSeverity.Warning,
        "Whoever calls a delegate that returns nothing goes on while the asynchronous function behind it still runs, "
        + "and its exception ends the process. Use a delegate that returns a task.");

    public static readonly DiagnosticDescriptor UnguardedHandler = Rule(
        "SCOPE111",
        "An asynchronous event handler lets exceptions out",
        messageFormat: "'{0}' handles an event, and {1} ends the process; catch it in the handler",
        Families.LostTasks,
        DiagnosticSeverity.Info,
        "Nobody can catch what an 'async void' handler throws: an exception ends the process. Catch it inside.");

    public static readonly DiagnosticDescriptor MulticastAsyncEvent = Rule(
        "SCOPE112",
        "An asynchronous event gives only its last handler's task",
        messageFormat: "'{0}' may have several handlers, and gives the {1} of the last alone: nobody waits for the "
            + "others; {2}",
        Families.LostTasks,
        DiagnosticSeverity.Warning,
        "A delegate with several targets calls all of them and gives what the last one gave. Of an event that returns "
        + "a task, nobody waits for the other handlers, and their failures are lost.");

    public static readonly DiagnosticDescriptor OutlivedResource = Rule(
        "SCOPE113",
        "Work outlives a resource that it uses",
        messageFormat: "'{0}' outlives '{1}', which {2}; {3}",
        Families.LostTasks,
        DiagnosticSeverity.Warning,
        "A scope disposes its resource when it is left, whether or not the work that uses it has ended. Wait for the "
        + "work within the scope.");

    public static readonly DiagnosticDescriptor NestedTask = Rule(
        "SCOPE114",
        "Only the outer one of two nested tasks is awaited",
        messageFormat: "'{0}' gives the task of a task, and only the outer one is waited for, which does not wait for "
            + "the work; {1}",
        Families.LostTasks,
        DiagnosticSeverity.Warning,
        "A method that runs any delegate gives a task for what the delegate gives. For an asynchronous one that is the "
        + "task of a task: the outer one ends when the work has begun. 'Unwrap' gives a task for the work itself.");

    public static readonly DiagnosticDescriptor PointlessStart = Rule(
        "SCOPE115",
        "Work is started on the thread pool and awaited at once",
        messageFormat: "'{0}' is started on the thread pool and awaited at once, and it keeps no thread busy; await it "
            + "directly",
        Families.LostTasks,
        DiagnosticSeverity.Info,
        "'Task.Run' gives a thread to work that needs one. An asynchronous method that awaits with its first statement "
        + "gives it back at once. Await it directly.");

    public static readonly DiagnosticDescriptor TaskAsValue = Rule(
        "SCOPE116",
        "A task is used as if it were its result",
        messageFormat: "'{0}' is used without being awaited: {1}",
        Families.LostTasks,
        DiagnosticSeverity.Warning,
        "A task that is printed, compared, serialized or asserted on stands for itself and not for its result: the "
        + "text names its type, the comparison is always the same. Await it.");

    public static readonly DiagnosticDescriptor BlockingWait = Rule(
        "SCOPE201",
        "Async code blocks on a task",
        messageFormat: "'{0}' blocks the thread until the task has completed; {1}",
        Families.Blocking,
        DiagnosticSeverity.Warning,
        "Blocking on a task in async code holds a thread that could do other work, and deadlocks where the task needs "
        + "that thread. Await the task.");

    public static readonly DiagnosticDescriptor BlockingPrimitive = Rule(
        "SCOPE202",
        "Async code blocks its thread",
        messageFormat: "'{0}' blocks the thread {1}; {2}",
        Families.Blocking,
        DiagnosticSeverity.Warning,
        "A primitive that blocks holds a thread that could do other work, and stops everything where there is only one "
        + "thread. Use what can be awaited.");

    public static readonly DiagnosticDescriptor BlockingCall = Rule(
        "SCOPE203",
        "A synchronous call has an asynchronous twin",
        messageFormat: "'{0}' holds the thread in async code; await '{1}'",
        Families.Blocking,
        DiagnosticSeverity.Warning,
        "Async code shares its threads: a synchronous read, write or query holds one until the disk, the network or "
        + "the database has answered. The twin that can be awaited takes the same arguments.");

    public static readonly DiagnosticDescriptor SyncOverAsync = Rule(
        "SCOPE204",
        "Synchronous code blocks on a task",
        messageFormat: "'{0}' blocks the thread until the task has completed; {1}",
        Families.Blocking,
        DiagnosticSeverity.Info,
        "Synchronous code that blocks on a task holds a thread for as long as the work takes, and deadlocks where the "
        + "work needs that thread. Make the code asynchronous, up to where its callers can await it.");

    public static readonly DiagnosticDescriptor BlockingHelper = Rule(
        "SCOPE205",
        "A method that blocks is called in async code",
        messageFormat: "'{0}' blocks its thread in async code ({1}); make it asynchronous, or call it with 'Task.Run'",
        Families.Blocking,
        DiagnosticSeverity.Info,
        "What a helper of a helper blocks on holds the thread of the async code that called the first. The message "
        + "shows the way there.",
        customTags: WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor SyncDispose = Rule(
        "SCOPE206",
        "A disposal that could be awaited blocks",
        messageFormat: "The 'using' of '{0}' {1}; {2}",
        Families.Blocking,
        DiagnosticSeverity.Info,
        "What flushes, closes or commits when it is disposed holds the thread until that is done, although it can be "
        + "awaited. 'await using' gives the thread back.");

    public static readonly DiagnosticDescriptor BlockedLoop = Rule(
        "SCOPE207",
        "A coroutine stops its event loop",
        messageFormat: "'{0}' stops the whole event loop {1}; {2}",
        Families.Blocking,
        DiagnosticSeverity.Warning,
        "All coroutines of a loop share one thread: while one of them blocks it, no timer expires, no socket is read "
        + "and nobody else goes on. Run what blocks with 'Blocking.RunAsync'.");

    public static readonly DiagnosticDescriptor BlockedStartup = Rule(
        "SCOPE208",
        "A hosted service keeps its host from starting",
        messageFormat: "'{0}' {1}, and the host does not start before: begin with 'await Task.Yield()', or run it with "
            + "'Task.Run'",
        Families.Blocking,
        DiagnosticSeverity.Info,
        "A host awaits the start of each of its services, and runs them up to their first 'await'. One that loops or "
        + "blocks before keeps all others from starting.");

    public static readonly DiagnosticDescriptor UnawaitedCoroutine = Rule(
        "SCOPE301",
        "Cold work is never run",
        messageFormat: "'{0}' never runs: {1}",
        Families.Cold,
        DiagnosticSeverity.Warning,
        "To call a coroutine is not to run it: it is cold, and runs when somebody awaits it, spawns it in a group or "
        + "runs it on a loop. One that is dropped does nothing at all.");

    public static readonly DiagnosticDescriptor UnenumeratedStream = Rule(
        "SCOPE302",
        "An async stream is never enumerated",
        messageFormat: "'{0}' produces an async stream that nobody enumerates, so it never runs; {1}",
        Families.Cold,
        DiagnosticSeverity.Warning,
        "An async stream is cold: nothing runs before it is enumerated. Enumerate it with 'await foreach', or pass it "
        + "on.");

    public static readonly DiagnosticDescriptor UnenumeratedTasks = Rule(
        "SCOPE303",
        "A deferred sequence of tasks is never enumerated",
        messageFormat: "'{0}' never runs: nobody enumerates the sequence that would start it; {1}",
        Families.Cold,
        DiagnosticSeverity.Warning,
        "LINQ is deferred: 'Select' calls its selector when somebody enumerates the result. Run the work in a task "
        + "group with 'TaskGroup.ForEachAsync', or await 'Task.WhenAll' of the sequence.");

    public static readonly DiagnosticDescriptor ReenumeratedTasks = Rule(
        "SCOPE304",
        "A deferred sequence of tasks is enumerated twice",
        messageFormat: "'{0}' is called again for every element whenever '{1}' is enumerated: {2}; keep its 'ToList()'",
        Families.Cold,
        DiagnosticSeverity.Warning,
        "A query that starts tasks starts them whenever it is enumerated: who enumerates it twice does the work twice, "
        + "and the second time looks at other tasks than the first. Make a list of it first.");

    public static readonly DiagnosticDescriptor UnstartedTask = Rule(
        "SCOPE305",
        "A task that was made with 'new' is never started",
        messageFormat: "'{0}' {1}; {2}",
        Families.Cold,
        DiagnosticSeverity.Warning,
        "A task made with 'new' is cold: it runs when somebody starts it, and whoever waits for it before waits for "
        + "ever. 'Task.Run' makes one that runs.");

    public static readonly DiagnosticDescriptor ReusedAwaitable = Rule(
        "SCOPE306",
        "An awaitable that may be consumed once is consumed again",
        messageFormat: "'{0}' is a '{1}', which may be consumed once, {2}; {3}",
        Families.Cold,
        DiagnosticSeverity.Warning,
        "A value task may stand on an object that serves the next operation as soon as it was awaited: a second await "
        + "gets another operation's result, throws, or never ends. A coroutine runs once. Keep the 'AsTask()' of a "
        + "value task that is needed twice.");

    public static readonly DiagnosticDescriptor NullTask = Rule(
        "SCOPE307",
        "Null is given where a task is promised",
        messageFormat: "'{0}' {1}; {2}",
        Families.Cold,
        DiagnosticSeverity.Info,
        "Whoever awaits a task that is null gets a 'NullReferenceException', far from where it was made. Give a task "
        + "that is complete: 'Task.CompletedTask' or 'Task.FromResult'.");

    public static readonly DiagnosticDescriptor NullConditionalAwait = Rule(
        "SCOPE308",
        "What is behind '?.' is awaited",
        messageFormat: "'{0}' is awaited even where '{1}' is null, and then the 'await' throws; {2}",
        Families.Cold,
        DiagnosticSeverity.Warning,
        "Behind '?.' there is no task where the receiver is null, and to await null throws a 'NullReferenceException': "
        + "the check moves the exception and does not prevent it.");

    public static readonly DiagnosticDescriptor UndisposedEnumerator = Rule(
        "SCOPE309",
        "An enumerator of a stream is not disposed",
        messageFormat: "'{0}' {1}, and the 'finally' of the stream does not run; open it with 'await using'",
        Families.Cold,
        DiagnosticSeverity.Warning,
        "An async iterator that stops half way keeps what it holds until its enumerator is disposed: neither a "
        + "'using' nor a 'finally' in it runs before, and no finalizer does it. 'await foreach' disposes by itself; "
        + "who moves by hand writes 'await using'.");

    public static readonly DiagnosticDescriptor SpawnInLoop = Rule(
        "SCOPE401",
        "Work is started in a loop and nobody waits for it",
        messageFormat: "'{0}' is started on every iteration and nobody waits for it{1}; {2}",
        Families.Spawning,
        DiagnosticSeverity.Warning,
        "A loop that starts work without waiting has no bound: a burst of input becomes a burst of running work. Start "
        + "the work in a task group with a limit.");

    public static readonly DiagnosticDescriptor UnboundedFanOut = Rule(
        "SCOPE402",
        "One task per element, all at once",
        messageFormat: "'{0}' is started for every element at once, and nothing bounds how many run; {1}",
        Families.Spawning,
        DiagnosticSeverity.Info,
        "One task per element of a source of unknown size exhausts connections, memory and the services behind them. "
        + "Bound how many run at once.");

    public static readonly DiagnosticDescriptor AsyncForEach = Rule(
        "SCOPE403",
        "A loop that cannot wait runs an asynchronous delegate",
        messageFormat: "'{0}' starts '{1}' and does not wait for it: {2}",
        Families.Spawning,
        DiagnosticSeverity.Warning,
        "A loop whose body is a delegate without a result goes on, and returns, while the work of every element still "
        + "runs. Await each element in a 'foreach', or run them in a task group with a limit.");

    public static readonly DiagnosticDescriptor OverlappingTick = Rule(
        "SCOPE404",
        "A tick starts work beside the last one's",
        messageFormat: "'{0}' is started at every {1}, whether or not the last one has ended; {2}",
        Families.Spawning,
        DiagnosticSeverity.Warning,
        "A timer does not wait for what its callback starts: where the work takes longer than the period, it runs many "
        + "times at once. Await it in a loop over the ticks, or skip a tick while the work runs.");

    public static readonly DiagnosticDescriptor BusyWait = Rule(
        "SCOPE405",
        "A loop asks again and again instead of waiting",
        messageFormat: "The loop only pauses and asks for '{0}' again; {1}",
        Families.Spawning,
        DiagnosticSeverity.Info,
        "A loop that pauses and asks answers late and never sleeps. Wait for a signal that is given where the change "
        + "is made.");

    public static readonly DiagnosticDescriptor WhenAnyLoop = Rule(
        "SCOPE406",
        "A loop waits for any of its tasks again and again",
        messageFormat: "'Task.WhenAny' looks at all of '{0}' again for every task that ends; {1}",
        Families.Spawning,
        DiagnosticSeverity.Info,
        "'WhenAny' with 'Remove' in a loop takes time that grows with the square of the tasks. 'Task.WhenEach' looks "
        + "at each once.");

    public static readonly DiagnosticDescriptor CapturedLoopVariable = Rule(
        "SCOPE407",
        "Work reads a variable that its loop changes",
        messageFormat: "'{0}' is read {1}, and by then the loop may have changed it; copy it inside the loop",
        Families.Spawning,
        DiagnosticSeverity.Warning,
        "A lambda captures the variable and not its value: work that runs later sees what the loop has made of it. "
        + "Copy it into a local of the loop's body, and let the work read the copy.");

    public static readonly DiagnosticDescriptor RecursiveSpawn = Rule(
        "SCOPE408",
        "Work multiplies with depth",
        messageFormat: "'{0}' {1}",
        Families.Spawning,
        DiagnosticSeverity.Info,
        "A function that starts itself for each child runs for every node of the tree at once, and a limit within a "
        + "limit is the product of both. Bound the whole, or go one by one.");

    public static readonly DiagnosticDescriptor UnboundedBuffer = Rule(
        "SCOPE409",
        "A buffer between producer and consumer has no bound",
        messageFormat: "'{0}' takes as much as the producer writes, however slow the consumer is; {1}",
        Families.Spawning,
        DiagnosticSeverity.Warning,
        "Where the producer is faster than the consumer, a buffer without a bound grows until the memory is full. A "
        + "bounded one makes the producer wait.",
        isEnabledByDefault: false);

    public static readonly DiagnosticDescriptor SwallowedCancellation = Rule(
        "SCOPE503",
        "A cancellation is swallowed",
        messageFormat: "The cancellation of '{0}' ends here, {1}; {2}",
        Families.Cancellation,
        DiagnosticSeverity.Warning,
        "A handler that takes a cancellation for one more failure goes on with work that was told to stop, and whoever "
        + "told it waits for ever. Rethrow it when the token was cancelled.");

    public static readonly DiagnosticDescriptor DetachedInsideGroup = Rule(
        "SCOPE601",
        "Work is started beside the task group in hand",
        messageFormat: "'{0}' is started beside the task group '{1}': nobody waits for it, and {2}; spawn it in the "
            + "group",
        Families.Scopes,
        DiagnosticSeverity.Warning,
        "Where a task group is in hand, work that nobody waits for has an owner at arm's length: a child of the group "
        + "is waited for, cancelled with it, and its failure comes out. Spawn the work in the group.");

    public static readonly DiagnosticDescriptor IncompleteGroup = Rule(
        "SCOPE603",
        "A task group is left without being completed",
        messageFormat: "The task group '{0}' {1}",
        Families.Scopes,
        DiagnosticSeverity.Warning,
        "A group that is disposed before it was completed takes that for a failure of its body: it cancels what still "
        + "runs. Await 'CompleteAsync' before every normal exit, and let 'await using' do the rest.");

    public static readonly DiagnosticDescriptor StarvedLoop = Rule(
        "SCOPE611",
        "A loop in a coroutine gives nobody else a turn",
        messageFormat:
            "'{0}' keeps the event loop from everybody else, for {1}; await 'Coroutine.Yield()' in every round",
        Families.Scopes,
        DiagnosticSeverity.Warning,
        "All coroutines of a loop share one thread, and go on when another one awaits. An endless loop that never "
        + "awaits stops all of them, and nobody can cancel it.");

    public static readonly DiagnosticDescriptor RealTimeInLoop = Rule(
        "SCOPE613",
        "A coroutine goes by real time",
        messageFormat: "'{0}' goes by real time, and the loop's clock knows nothing of it; {1}",
        Families.Scopes,
        DiagnosticSeverity.Info,
        "A coroutine's loop has a clock of its own, which a test may let jump. What goes by real time waits on beside "
        + "it, and keeps the loop from seeing that everybody waits.");

    /// <summary>All rules, by id.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } = ImmutableArray.Create(
        MalformedOption,
        DroppedTask,
        DiscardedTask,
        UnjoinedLocal,
        UnjoinedPath,
        OrphanedSibling,
        UnjoinedField,
        AbandonedRace,
        AbandonedTimeout,
        AsyncVoid,
        AsyncVoidDelegate,
        UnguardedHandler,
        MulticastAsyncEvent,
        OutlivedResource,
        NestedTask,
        PointlessStart,
        TaskAsValue,
        BlockingWait,
        BlockingPrimitive,
        BlockingCall,
        SyncOverAsync,
        BlockingHelper,
        SyncDispose,
        BlockedLoop,
        BlockedStartup,
        UnawaitedCoroutine,
        UnenumeratedStream,
        UnenumeratedTasks,
        ReenumeratedTasks,
        UnstartedTask,
        ReusedAwaitable,
        NullTask,
        NullConditionalAwait,
        UndisposedEnumerator,
        SpawnInLoop,
        UnboundedFanOut,
        AsyncForEach,
        OverlappingTick,
        BusyWait,
        WhenAnyLoop,
        CapturedLoopVariable,
        RecursiveSpawn,
        UnboundedBuffer,
        SwallowedCancellation,
        DetachedInsideGroup,
        IncompleteGroup,
        StarvedLoop,
        RealTimeInLoop);

    private static DiagnosticDescriptor Rule(
        string id,
        string title,
        string messageFormat,
        string category,
        DiagnosticSeverity defaultSeverity,
        string description,
        bool isEnabledByDefault = true,
        params string[] customTags) =>
        new(
            id,
            title,
            messageFormat,
            category,
            defaultSeverity,
            isEnabledByDefault,
            description,
            HelpLink(id),
            customTags);

    private static string HelpLink(string id) =>
        $"https://github.com/ScopedTasks/ScopedTasks/blob/main/docs/rules/{id}.md";
}
