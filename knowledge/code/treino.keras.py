import keras
import numpy as np
from keras import layers

keras.utils.set_random_seed(0)
x = np.random.randn(300, 2).astype("float32")                     # (300, 2)
y = ((x**2).sum(axis=1) < 1.4).astype("int32")                    # (300,)  dentro do círculo? / inside the circle?
x_train, x_val, x_test = np.split(x, [200, 250])
y_train, y_val, y_test = np.split(y, [200, 250])

model = keras.Sequential([
    keras.Input(shape=(2,)),
    layers.Dense(32, activation="relu"),
    layers.Dropout(0.1),                                          # regularização / regularisation
    layers.Dense(2, activation="softmax"),
])
model.compile(optimizer=keras.optimizers.Adam(0.02), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=5, restore_best_weights=True)   # parada antecipada
history = model.fit(x_train, y_train, validation_data=(x_val, y_val), epochs=50, callbacks=[stop], verbose=0)
loss, accuracy = model.evaluate(x_test, y_test, verbose=0)        # prova final / final exam: 1×
print(f"epochs: {len(history.history['loss'])}  test accuracy: {accuracy:.0%}")
