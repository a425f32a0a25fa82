namespace Seeds.S1;

/// <summary>An asynchronous context manager: acquire, use, release, whatever happens in between.</summary>
internal static class Connections
{
    [Row("S1-22", "A connection is released when the body returns, throws or is cancelled, and the release may await")]
    internal static void ReleasedAlways(TimeProvider clock)
    {
        EventLoop.Run(Main(), By(clock));

        static async Coroutine Main()
        {
            Console.WriteLine(string.Join(", ", await GetAllUsers()));
            try
            {
                await Fails();
            }
            catch (InvalidOperationException exception)
            {
                Console.WriteLine(exception.Message);
            }
            var isDone = await Coroutine.MoveOnAfterAsync(Seconds(1), async _ => await GetAllUsersSlowly());
            Console.WriteLine(isDone ? "done" : "timed out");
        }

        static async Coroutine<string[]> GetAllUsers()
        {
            await using var connection = await Connection.AcquireAsync();
            return connection.Query("SELECT ...");
        }

        static async Coroutine Fails()
        {
            await using var connection = await Connection.AcquireAsync();
            throw new InvalidOperationException("the body failed");
        }

        static async Coroutine<string[]> GetAllUsersSlowly()
        {
            await using var connection = await Connection.AcquireAsync();
            await Coroutine.Sleep(Seconds(10));
            return connection.Query("SELECT ...");
        }
    }

    private sealed class Connection : IAsyncDisposable
    {
        public static async Coroutine<Connection> AcquireAsync()
        {
            await Coroutine.Sleep(Seconds(0.1));
            Console.WriteLine("acquire");
            return new Connection();
        }

        public string[] Query(string sql) => ["Ann", "Bob"];

        public async ValueTask DisposeAsync()
        {
            // Without the shield a cancelled body would cancel its own cleanup.
            using var shield = new CancelScope(shield: true);
            await Coroutine.Sleep(Seconds(0.1));
            Console.WriteLine("release");
        }
    }
}
