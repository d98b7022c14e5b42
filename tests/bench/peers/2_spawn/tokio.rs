// A thousand tasks spawned, and then joined, over and over, on one thread.
use std::time::Instant;

const BATCH: u32 = 1000;
const TASKS: u32 = 1_000_000;

async fn batches() {
    let mut tasks = Vec::with_capacity(BATCH as usize);
    let begin = Instant::now();
    for _ in 0..TASKS / BATCH {
        for i in 0..BATCH {
            tasks.push(tokio::spawn(async move { i }));
        }
        for task in tasks.drain(..) {
            std::hint::black_box(task.await.unwrap());
        }
    }
    println!("ns {}", begin.elapsed().as_nanos() as f64 / TASKS as f64);
}

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.unwrap().block_on(batches());
}
